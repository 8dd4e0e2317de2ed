/// What becomes of each code point before words are looked up; written by
/// `Tests/WordPieceTests/reference/make-normalization-table.py` from the behaviour of `tokenizers` 0.23.3.
///
/// A line is a range of code points in hexadecimal and a kind: `x` the code point vanishes, `s` it separates words,
/// `i` it is a word of its own, `k` it belongs to a word. After the kind stands what takes its place, where that is not
/// itself. Code points without a line belong to a word as they are; Hangul syllables decompose by arithmetic.
let normalizationTable: StaticString = """
    0-8 x
    9-A s
    B-C x
    D s
    E-1F x
    20 s
    21-2F i
    3A-40 i
    41 k 61
    42 k 62
    43 k 63
    44 k 64
    45 k 65
    46 k 66
    47 k 67
    48 k 68
    49 k 69
    4A k 6A
    4B k 6B
    4C k 6C
    4D k 6D
    4E k 6E
    4F k 6F
    50 k 70
    51 k 71
    52 k 72
    53 k 73
    54 k 74
    55 k 75
    56 k 76
    57 k 77
    58 k 78
    59 k 79
    5A k 7A
    5B-60 i
    7B-7E i
    7F-9F x
    A0 s
    A1 i
    A7 i
    AB i
    AD x
    B6-B7 i
    BB i
    BF i
    C0 k 61
    C1 k 61
    C2 k 61
    C3 k 61
    C4 k 61
    C5 k 61
    C6 k E6
    C7 k 63
    C8 k 65
    C9 k 65
    CA k 65
    CB k 65
    CC k 69
    CD k 69
    CE k 69
    CF k 69
    D0 k F0
    D1 k 6E
    D2 k 6F
    D3 k 6F
    D4 k 6F
    D5 k 6F
    D6 k 6F
    D8 k F8
    D9 k 75
    DA k 75
    DB k 75
    DC k 75
    DD k 79
    DE k FE
    E0 k 61
    E1 k 61
    E2 k 61
    E3 k 61
    E4 k 61
    E5 k 61
    E7 k 63
    E8 k 65
    E9 k 65
    EA k 65
    EB k 65
    EC k 69
    ED k 69
    EE k 69
    EF k 69
    F1 k 6E
    F2 k 6F
    F3 k 6F
    F4 k 6F
    F5 k 6F
    F6 k 6F
    F9 k 75
    FA k 75
    FB k 75
    FC k 75
    FD k 79
    FF k 79
    100 k 61
    101 k 61
    102 k 61
    103 k 61
    104 k 61
    105 k 61
    106 k 63
    107 k 63
    108 k 63
    109 k 63
    10A k 63
    10B k 63
    10C k 63
    10D k 63
    10E k 64
    10F k 64
    110 k 111
    112 k 65
    113 k 65
    114 k 65
    115 k 65
    116 k 65
    117 k 65
    118 k 65
    119 k 65
    11A k 65
    11B k 65
    11C k 67
    11D k 67
    11E k 67
    11F k 67
    120 k 67
    121 k 67
    122 k 67
    123 k 67
    124 k 68
    125 k 68
    126 k 127
    128 k 69
    129 k 69
    12A k 69
    12B k 69
    12C k 69
    12D k 69
    12E k 69
    12F k 69
    130 k 69
    132 k 133
    134 k 6A
    135 k 6A
    136 k 6B
    137 k 6B
    139 k 6C
    13A k 6C
    13B k 6C
    13C k 6C
    13D k 6C
    13E k 6C
    13F k 140
    141 k 142
    143 k 6E
    144 k 6E
    145 k 6E
    146 k 6E
    147 k 6E
    148 k 6E
    14A k 14B
    14C k 6F
    14D k 6F
    14E k 6F
    14F k 6F
    150 k 6F
    151 k 6F
    152 k 153
    154 k 72
    155 k 72
    156 k 72
    157 k 72
    158 k 72
    159 k 72
    15A k 73
    15B k 73
    15C k 73
    15D k 73
    15E k 73
    15F k 73
    160 k 73
    161 k 73
    162 k 74
    163 k 74
    164 k 74
    165 k 74
    166 k 167
    168 k 75
    169 k 75
    16A k 75
    16B k 75
    16C k 75
    16D k 75
    16E k 75
    16F k 75
    170 k 75
    171 k 75
    172 k 75
    173 k 75
    174 k 77
    175 k 77
    176 k 79
    177 k 79
    178 k 79
    179 k 7A
    17A k 7A
    17B k 7A
    17C k 7A
    17D k 7A
    17E k 7A
    181 k 253
    182 k 183
    184 k 185
    186 k 254
    187 k 188
    189 k 256
    18A k 257
    18B k 18C
    18E k 1DD
    18F k 259
    190 k 25B
    191 k 192
    193 k 260
    194 k 263
    196 k 269
    197 k 268
    198 k 199
    19C k 26F
    19D k 272
    19F k 275
    1A0 k 6F
    1A1 k 6F
    1A2 k 1A3
    1A4 k 1A5
    1A6 k 280
    1A7 k 1A8
    1A9 k 283
    1AC k 1AD
    1AE k 288
    1AF k 75
    1B0 k 75
    1B1 k 28A
    1B2 k 28B
    1B3 k 1B4
    1B5 k 1B6
    1B7 k 292
    1B8 k 1B9
    1BC k 1BD
    1C4 k 1C6
    1C5 k 1C6
    1C7 k 1C9
    1C8 k 1C9
    1CA k 1CC
    1CB k 1CC
    1CD k 61
    1CE k 61
    1CF k 69
    1D0 k 69
    1D1 k 6F
    1D2 k 6F
    1D3 k 75
    1D4 k 75
    1D5 k 75
    1D6 k 75
    1D7 k 75
    1D8 k 75
    1D9 k 75
    1DA k 75
    1DB k 75
    1DC k 75
    1DE k 61
    1DF k 61
    1E0 k 61
    1E1 k 61
    1E2 k E6
    1E3 k E6
    1E4 k 1E5
    1E6 k 67
    1E7 k 67
    1E8 k 6B
    1E9 k 6B
    1EA k 6F
    1EB k 6F
    1EC k 6F
    1ED k 6F
    1EE k 292
    1EF k 292
    1F0 k 6A
    1F1 k 1F3
    1F2 k 1F3
    1F4 k 67
    1F5 k 67
    1F6 k 195
    1F7 k 1BF
    1F8 k 6E
    1F9 k 6E
    1FA k 61
    1FB k 61
    1FC k E6
    1FD k E6
    1FE k F8
    1FF k F8
    200 k 61
    201 k 61
    202 k 61
    203 k 61
    204 k 65
    205 k 65
    206 k 65
    207 k 65
    208 k 69
    209 k 69
    20A k 69
    20B k 69
    20C k 6F
    20D k 6F
    20E k 6F
    20F k 6F
    210 k 72
    211 k 72
    212 k 72
    213 k 72
    214 k 75
    215 k 75
    216 k 75
    217 k 75
    218 k 73
    219 k 73
    21A k 74
    21B k 74
    21C k 21D
    21E k 68
    21F k 68
    220 k 19E
    222 k 223
    224 k 225
    226 k 61
    227 k 61
    228 k 65
    229 k 65
    22A k 6F
    22B k 6F
    22C k 6F
    22D k 6F
    22E k 6F
    22F k 6F
    230 k 6F
    231 k 6F
    232 k 79
    233 k 79
    23A k 2C65
    23B k 23C
    23D k 19A
    23E k 2C66
    241 k 242
    243 k 180
    244 k 289
    245 k 28C
    246 k 247
    248 k 249
    24A k 24B
    24C k 24D
    24E k 24F
    300-36F x
    370 k 371
    372 k 373
    374 k 2B9
    376 k 377
    37E i 3B
    37F k 3F3
    385 k A8
    386 k 3B1
    387 i B7
    388 k 3B5
    389 k 3B7
    38A k 3B9
    38C k 3BF
    38E k 3C5
    38F k 3C9
    390 k 3B9
    391 k 3B1
    392 k 3B2
    393 k 3B3
    394 k 3B4
    395 k 3B5
    396 k 3B6
    397 k 3B7
    398 k 3B8
    399 k 3B9
    39A k 3BA
    39B k 3BB
    39C k 3BC
    39D k 3BD
    39E k 3BE
    39F k 3BF
    3A0 k 3C0
    3A1 k 3C1
    3A3 k 3C3
    3A4 k 3C4
    3A5 k 3C5
    3A6 k 3C6
    3A7 k 3C7
    3A8 k 3C8
    3A9 k 3C9
    3AA k 3B9
    3AB k 3C5
    3AC k 3B1
    3AD k 3B5
    3AE k 3B7
    3AF k 3B9
    3B0 k 3C5
    3CA k 3B9
    3CB k 3C5
    3CC k 3BF
    3CD k 3C5
    3CE k 3C9
    3CF k 3D7
    3D3 k 3D2
    3D4 k 3D2
    3D8 k 3D9
    3DA k 3DB
    3DC k 3DD
    3DE k 3DF
    3E0 k 3E1
    3E2 k 3E3
    3E4 k 3E5
    3E6 k 3E7
    3E8 k 3E9
    3EA k 3EB
    3EC k 3ED
    3EE k 3EF
    3F4 k 3B8
    3F7 k 3F8
    3F9 k 3F2
    3FA k 3FB
    3FD k 37B
    3FE k 37C
    3FF k 37D
    400 k 435
    401 k 435
    402 k 452
    403 k 433
    404 k 454
    405 k 455
    406 k 456
    407 k 456
    408 k 458
    409 k 459
    40A k 45A
    40B k 45B
    40C k 43A
    40D k 438
    40E k 443
    40F k 45F
    410 k 430
    411 k 431
    412 k 432
    413 k 433
    414 k 434
    415 k 435
    416 k 436
    417 k 437
    418 k 438
    419 k 438
    41A k 43A
    41B k 43B
    41C k 43C
    41D k 43D
    41E k 43E
    41F k 43F
    420 k 440
    421 k 441
    422 k 442
    423 k 443
    424 k 444
    425 k 445
    426 k 446
    427 k 447
    428 k 448
    429 k 449
    42A k 44A
    42B k 44B
    42C k 44C
    42D k 44D
    42E k 44E
    42F k 44F
    439 k 438
    450 k 435
    451 k 435
    453 k 433
    457 k 456
    45C k 43A
    45D k 438
    45E k 443
    460 k 461
    462 k 463
    464 k 465
    466 k 467
    468 k 469
    46A k 46B
    46C k 46D
    46E k 46F
    470 k 471
    472 k 473
    474 k 475
    476 k 475
    477 k 475
    478 k 479
    47A k 47B
    47C k 47D
    47E k 47F
    480 k 481
    483-487 x
    48A k 48B
    48C k 48D
    48E k 48F
    490 k 491
    492 k 493
    494 k 495
    496 k 497
    498 k 499
    49A k 49B
    49C k 49D
    49E k 49F
    4A0 k 4A1
    4A2 k 4A3
    4A4 k 4A5
    4A6 k 4A7
    4A8 k 4A9
    4AA k 4AB
    4AC k 4AD
    4AE k 4AF
    4B0 k 4B1
    4B2 k 4B3
    4B4 k 4B5
    4B6 k 4B7
    4B8 k 4B9
    4BA k 4BB
    4BC k 4BD
    4BE k 4BF
    4C0 k 4CF
    4C1 k 436
    4C2 k 436
    4C3 k 4C4
    4C5 k 4C6
    4C7 k 4C8
    4C9 k 4CA
    4CB k 4CC
    4CD k 4CE
    4D0 k 430
    4D1 k 430
    4D2 k 430
    4D3 k 430
    4D4 k 4D5
    4D6 k 435
    4D7 k 435
    4D8 k 4D9
    4DA k 4D9
    4DB k 4D9
    4DC k 436
    4DD k 436
    4DE k 437
    4DF k 437
    4E0 k 4E1
    4E2 k 438
    4E3 k 438
    4E4 k 438
    4E5 k 438
    4E6 k 43E
    4E7 k 43E
    4E8 k 4E9
    4EA k 4E9
    4EB k 4E9
    4EC k 44D
    4ED k 44D
    4EE k 443
    4EF k 443
    4F0 k 443
    4F1 k 443
    4F2 k 443
    4F3 k 443
    4F4 k 447
    4F5 k 447
    4F6 k 4F7
    4F8 k 44B
    4F9 k 44B
    4FA k 4FB
    4FC k 4FD
    4FE k 4FF
    500 k 501
    502 k 503
    504 k 505
    506 k 507
    508 k 509
    50A k 50B
    50C k 50D
    50E k 50F
    510 k 511
    512 k 513
    514 k 515
    516 k 517
    518 k 519
    51A k 51B
    51C k 51D
    51E k 51F
    520 k 521
    522 k 523
    524 k 525
    526 k 527
    528 k 529
    52A k 52B
    52C k 52D
    52E k 52F
    531 k 561
    532 k 562
    533 k 563
    534 k 564
    535 k 565
    536 k 566
    537 k 567
    538 k 568
    539 k 569
    53A k 56A
    53B k 56B
    53C k 56C
    53D k 56D
    53E k 56E
    53F k 56F
    540 k 570
    541 k 571
    542 k 572
    543 k 573
    544 k 574
    545 k 575
    546 k 576
    547 k 577
    548 k 578
    549 k 579
    54A k 57A
    54B k 57B
    54C k 57C
    54D k 57D
    54E k 57E
    54F k 57F
    550 k 580
    551 k 581
    552 k 582
    553 k 583
    554 k 584
    555 k 585
    556 k 586
    55A-55F i
    589-58A i
    591-5BD x
    5BE i
    5BF x
    5C0 i
    5C1-5C2 x
    5C3 i
    5C4-5C5 x
    5C6 i
    5C7 x
    5F3-5F4 i
    600-605 x
    609-60A i
    60C-60D i
    610-61A x
    61B i
    61C x
    61E-61F i
    622 k 627
    623 k 627
    624 k 648
    625 k 627
    626 k 64A
    64B-65F x
    66A-66D i
    670 x
    6C0 k 6D5
    6C2 k 6C1
    6D3 k 6D2
    6D4 i
    6D6-6DD x
    6DF-6E4 x
    6E7-6E8 x
    6EA-6ED x
    700-70D i
    70F x
    711 x
    730-74A x
    7A6-7B0 x
    7EB-7F3 x
    7F7-7F9 i
    816-819 x
    81B-823 x
    825-827 x
    829-82D x
    830-83E i
    859-85B x
    85E i
    8E3-902 x
    929 k 928
    931 k 930
    934 k 933
    93A x
    93C x
    941-948 x
    94D x
    951-957 x
    958 k 915
    959 k 916
    95A k 917
    95B k 91C
    95C k 921
    95D k 922
    95E k 92B
    95F k 92F
    962-963 x
    964-965 i
    970 i
    981 x
    9BC x
    9C1-9C4 x
    9CB k 9C7 9BE
    9CC k 9C7 9D7
    9CD x
    9DC k 9A1
    9DD k 9A2
    9DF k 9AF
    9E2-9E3 x
    A01-A02 x
    A33 k A32
    A36 k A38
    A3C x
    A41-A42 x
    A47-A48 x
    A4B-A4D x
    A51 x
    A59 k A16
    A5A k A17
    A5B k A1C
    A5E k A2B
    A70-A71 x
    A75 x
    A81-A82 x
    ABC x
    AC1-AC5 x
    AC7-AC8 x
    ACD x
    AE2-AE3 x
    AF0 i
    B01 x
    B3C x
    B3F x
    B41-B44 x
    B48 k B47
    B4B k B47 B3E
    B4C k B47 B57
    B4D x
    B56 x
    B5C k B21
    B5D k B22
    B62-B63 x
    B82 x
    B94 k B92 BD7
    BC0 x
    BCA k BC6 BBE
    BCB k BC7 BBE
    BCC k BC6 BD7
    BCD x
    C00 x
    C3E-C40 x
    C46-C48 x
    C4A-C4D x
    C55-C56 x
    C62-C63 x
    C81 x
    CBC x
    CBF x
    CC0 k CD5
    CC6 x
    CC7 k CD5
    CC8 k CD6
    CCA k CC2
    CCB k CC2 CD5
    CCC-CCD x
    CE2-CE3 x
    D01 x
    D41-D44 x
    D4A k D46 D3E
    D4B k D47 D3E
    D4C k D46 D57
    D4D x
    D62-D63 x
    DCA x
    DD2-DD4 x
    DD6 x
    DDA k DD9
    DDC k DD9 DCF
    DDD k DD9 DCF
    DDE k DD9 DDF
    DF4 i
    E31 x
    E34-E3A x
    E47-E4E x
    E4F i
    E5A-E5B i
    EB1 x
    EB4-EB9 x
    EBB-EBC x
    EC8-ECD x
    F04-F12 i
    F14 i
    F18-F19 x
    F35 x
    F37 x
    F39 x
    F3A-F3D i
    F43 k F42
    F4D k F4C
    F52 k F51
    F57 k F56
    F5C k F5B
    F69 k F40
    F71-F7E x
    F80-F84 x
    F85 i
    F86-F87 x
    F8D-F97 x
    F99-FBC x
    FC6 x
    FD0-FD4 i
    FD9-FDA i
    1026 k 1025
    102D-1030 x
    1032-1037 x
    1039-103A x
    103D-103E x
    104A-104F i
    1058-1059 x
    105E-1060 x
    1071-1074 x
    1082 x
    1085-1086 x
    108D x
    109D x
    10A0 k 2D00
    10A1 k 2D01
    10A2 k 2D02
    10A3 k 2D03
    10A4 k 2D04
    10A5 k 2D05
    10A6 k 2D06
    10A7 k 2D07
    10A8 k 2D08
    10A9 k 2D09
    10AA k 2D0A
    10AB k 2D0B
    10AC k 2D0C
    10AD k 2D0D
    10AE k 2D0E
    10AF k 2D0F
    10B0 k 2D10
    10B1 k 2D11
    10B2 k 2D12
    10B3 k 2D13
    10B4 k 2D14
    10B5 k 2D15
    10B6 k 2D16
    10B7 k 2D17
    10B8 k 2D18
    10B9 k 2D19
    10BA k 2D1A
    10BB k 2D1B
    10BC k 2D1C
    10BD k 2D1D
    10BE k 2D1E
    10BF k 2D1F
    10C0 k 2D20
    10C1 k 2D21
    10C2 k 2D22
    10C3 k 2D23
    10C4 k 2D24
    10C5 k 2D25
    10C7 k 2D27
    10CD k 2D2D
    10FB i
    135D-135F x
    1360-1368 i
    13A0 k AB70
    13A1 k AB71
    13A2 k AB72
    13A3 k AB73
    13A4 k AB74
    13A5 k AB75
    13A6 k AB76
    13A7 k AB77
    13A8 k AB78
    13A9 k AB79
    13AA k AB7A
    13AB k AB7B
    13AC k AB7C
    13AD k AB7D
    13AE k AB7E
    13AF k AB7F
    13B0 k AB80
    13B1 k AB81
    13B2 k AB82
    13B3 k AB83
    13B4 k AB84
    13B5 k AB85
    13B6 k AB86
    13B7 k AB87
    13B8 k AB88
    13B9 k AB89
    13BA k AB8A
    13BB k AB8B
    13BC k AB8C
    13BD k AB8D
    13BE k AB8E
    13BF k AB8F
    13C0 k AB90
    13C1 k AB91
    13C2 k AB92
    13C3 k AB93
    13C4 k AB94
    13C5 k AB95
    13C6 k AB96
    13C7 k AB97
    13C8 k AB98
    13C9 k AB99
    13CA k AB9A
    13CB k AB9B
    13CC k AB9C
    13CD k AB9D
    13CE k AB9E
    13CF k AB9F
    13D0 k ABA0
    13D1 k ABA1
    13D2 k ABA2
    13D3 k ABA3
    13D4 k ABA4
    13D5 k ABA5
    13D6 k ABA6
    13D7 k ABA7
    13D8 k ABA8
    13D9 k ABA9
    13DA k ABAA
    13DB k ABAB
    13DC k ABAC
    13DD k ABAD
    13DE k ABAE
    13DF k ABAF
    13E0 k ABB0
    13E1 k ABB1
    13E2 k ABB2
    13E3 k ABB3
    13E4 k ABB4
    13E5 k ABB5
    13E6 k ABB6
    13E7 k ABB7
    13E8 k ABB8
    13E9 k ABB9
    13EA k ABBA
    13EB k ABBB
    13EC k ABBC
    13ED k ABBD
    13EE k ABBE
    13EF k ABBF
    13F0 k 13F8
    13F1 k 13F9
    13F2 k 13FA
    13F3 k 13FB
    13F4 k 13FC
    13F5 k 13FD
    1400 i
    166D-166E i
    1680 s
    169B-169C i
    16EB-16ED i
    1712-1714 x
    1732-1734 x
    1735-1736 i
    1752-1753 x
    1772-1773 x
    17B4-17B5 x
    17B7-17BD x
    17C6 x
    17C9-17D3 x
    17D4-17D6 i
    17D8-17DA i
    17DD x
    1800-180A i
    180B-180E x
    18A9 x
    1920-1922 x
    1927-1928 x
    1932 x
    1939-193B x
    1944-1945 i
    1A17-1A18 x
    1A1B x
    1A1E-1A1F i
    1A56 x
    1A58-1A5E x
    1A60 x
    1A62 x
    1A65-1A6C x
    1A73-1A7C x
    1A7F x
    1AA0-1AA6 i
    1AA8-1AAD i
    1AB0-1ABD x
    1B00-1B03 x
    1B06 k 1B05 1B35
    1B08 k 1B07 1B35
    1B0A k 1B09 1B35
    1B0C k 1B0B 1B35
    1B0E k 1B0D 1B35
    1B12 k 1B11 1B35
    1B34 x
    1B36-1B3A x
    1B3B k 1B35
    1B3C x
    1B3D k 1B35
    1B40 k 1B3E 1B35
    1B41 k 1B3F 1B35
    1B42 x
    1B43 k 1B35
    1B5A-1B60 i
    1B6B-1B73 x
    1B80-1B81 x
    1BA2-1BA5 x
    1BA8-1BA9 x
    1BAB-1BAD x
    1BE6 x
    1BE8-1BE9 x
    1BED x
    1BEF-1BF1 x
    1BFC-1BFF i
    1C2C-1C33 x
    1C36-1C37 x
    1C3B-1C3F i
    1C7E-1C7F i
    1C89 k 1C8A
    1C90 k 10D0
    1C91 k 10D1
    1C92 k 10D2
    1C93 k 10D3
    1C94 k 10D4
    1C95 k 10D5
    1C96 k 10D6
    1C97 k 10D7
    1C98 k 10D8
    1C99 k 10D9
    1C9A k 10DA
    1C9B k 10DB
    1C9C k 10DC
    1C9D k 10DD
    1C9E k 10DE
    1C9F k 10DF
    1CA0 k 10E0
    1CA1 k 10E1
    1CA2 k 10E2
    1CA3 k 10E3
    1CA4 k 10E4
    1CA5 k 10E5
    1CA6 k 10E6
    1CA7 k 10E7
    1CA8 k 10E8
    1CA9 k 10E9
    1CAA k 10EA
    1CAB k 10EB
    1CAC k 10EC
    1CAD k 10ED
    1CAE k 10EE
    1CAF k 10EF
    1CB0 k 10F0
    1CB1 k 10F1
    1CB2 k 10F2
    1CB3 k 10F3
    1CB4 k 10F4
    1CB5 k 10F5
    1CB6 k 10F6
    1CB7 k 10F7
    1CB8 k 10F8
    1CB9 k 10F9
    1CBA k 10FA
    1CBD k 10FD
    1CBE k 10FE
    1CBF k 10FF
    1CC0-1CC7 i
    1CD0-1CD2 x
    1CD3 i
    1CD4-1CE0 x
    1CE2-1CE8 x
    1CED x
    1CF4 x
    1CF8-1CF9 x
    1DC0-1DF5 x
    1DFC-1DFF x
    1E00 k 61
    1E01 k 61
    1E02 k 62
    1E03 k 62
    1E04 k 62
    1E05 k 62
    1E06 k 62
    1E07 k 62
    1E08 k 63
    1E09 k 63
    1E0A k 64
    1E0B k 64
    1E0C k 64
    1E0D k 64
    1E0E k 64
    1E0F k 64
    1E10 k 64
    1E11 k 64
    1E12 k 64
    1E13 k 64
    1E14 k 65
    1E15 k 65
    1E16 k 65
    1E17 k 65
    1E18 k 65
    1E19 k 65
    1E1A k 65
    1E1B k 65
    1E1C k 65
    1E1D k 65
    1E1E k 66
    1E1F k 66
    1E20 k 67
    1E21 k 67
    1E22 k 68
    1E23 k 68
    1E24 k 68
    1E25 k 68
    1E26 k 68
    1E27 k 68
    1E28 k 68
    1E29 k 68
    1E2A k 68
    1E2B k 68
    1E2C k 69
    1E2D k 69
    1E2E k 69
    1E2F k 69
    1E30 k 6B
    1E31 k 6B
    1E32 k 6B
    1E33 k 6B
    1E34 k 6B
    1E35 k 6B
    1E36 k 6C
    1E37 k 6C
    1E38 k 6C
    1E39 k 6C
    1E3A k 6C
    1E3B k 6C
    1E3C k 6C
    1E3D k 6C
    1E3E k 6D
    1E3F k 6D
    1E40 k 6D
    1E41 k 6D
    1E42 k 6D
    1E43 k 6D
    1E44 k 6E
    1E45 k 6E
    1E46 k 6E
    1E47 k 6E
    1E48 k 6E
    1E49 k 6E
    1E4A k 6E
    1E4B k 6E
    1E4C k 6F
    1E4D k 6F
    1E4E k 6F
    1E4F k 6F
    1E50 k 6F
    1E51 k 6F
    1E52 k 6F
    1E53 k 6F
    1E54 k 70
    1E55 k 70
    1E56 k 70
    1E57 k 70
    1E58 k 72
    1E59 k 72
    1E5A k 72
    1E5B k 72
    1E5C k 72
    1E5D k 72
    1E5E k 72
    1E5F k 72
    1E60 k 73
    1E61 k 73
    1E62 k 73
    1E63 k 73
    1E64 k 73
    1E65 k 73
    1E66 k 73
    1E67 k 73
    1E68 k 73
    1E69 k 73
    1E6A k 74
    1E6B k 74
    1E6C k 74
    1E6D k 74
    1E6E k 74
    1E6F k 74
    1E70 k 74
    1E71 k 74
    1E72 k 75
    1E73 k 75
    1E74 k 75
    1E75 k 75
    1E76 k 75
    1E77 k 75
    1E78 k 75
    1E79 k 75
    1E7A k 75
    1E7B k 75
    1E7C k 76
    1E7D k 76
    1E7E k 76
    1E7F k 76
    1E80 k 77
    1E81 k 77
    1E82 k 77
    1E83 k 77
    1E84 k 77
    1E85 k 77
    1E86 k 77
    1E87 k 77
    1E88 k 77
    1E89 k 77
    1E8A k 78
    1E8B k 78
    1E8C k 78
    1E8D k 78
    1E8E k 79
    1E8F k 79
    1E90 k 7A
    1E91 k 7A
    1E92 k 7A
    1E93 k 7A
    1E94 k 7A
    1E95 k 7A
    1E96 k 68
    1E97 k 74
    1E98 k 77
    1E99 k 79
    1E9B k 17F
    1E9E k DF
    1EA0 k 61
    1EA1 k 61
    1EA2 k 61
    1EA3 k 61
    1EA4 k 61
    1EA5 k 61
    1EA6 k 61
    1EA7 k 61
    1EA8 k 61
    1EA9 k 61
    1EAA k 61
    1EAB k 61
    1EAC k 61
    1EAD k 61
    1EAE k 61
    1EAF k 61
    1EB0 k 61
    1EB1 k 61
    1EB2 k 61
    1EB3 k 61
    1EB4 k 61
    1EB5 k 61
    1EB6 k 61
    1EB7 k 61
    1EB8 k 65
    1EB9 k 65
    1EBA k 65
    1EBB k 65
    1EBC k 65
    1EBD k 65
    1EBE k 65
    1EBF k 65
    1EC0 k 65
    1EC1 k 65
    1EC2 k 65
    1EC3 k 65
    1EC4 k 65
    1EC5 k 65
    1EC6 k 65
    1EC7 k 65
    1EC8 k 69
    1EC9 k 69
    1ECA k 69
    1ECB k 69
    1ECC k 6F
    1ECD k 6F
    1ECE k 6F
    1ECF k 6F
    1ED0 k 6F
    1ED1 k 6F
    1ED2 k 6F
    1ED3 k 6F
    1ED4 k 6F
    1ED5 k 6F
    1ED6 k 6F
    1ED7 k 6F
    1ED8 k 6F
    1ED9 k 6F
    1EDA k 6F
    1EDB k 6F
    1EDC k 6F
    1EDD k 6F
    1EDE k 6F
    1EDF k 6F
    1EE0 k 6F
    1EE1 k 6F
    1EE2 k 6F
    1EE3 k 6F
    1EE4 k 75
    1EE5 k 75
    1EE6 k 75
    1EE7 k 75
    1EE8 k 75
    1EE9 k 75
    1EEA k 75
    1EEB k 75
    1EEC k 75
    1EED k 75
    1EEE k 75
    1EEF k 75
    1EF0 k 75
    1EF1 k 75
    1EF2 k 79
    1EF3 k 79
    1EF4 k 79
    1EF5 k 79
    1EF6 k 79
    1EF7 k 79
    1EF8 k 79
    1EF9 k 79
    1EFA k 1EFB
    1EFC k 1EFD
    1EFE k 1EFF
    1F00 k 3B1
    1F01 k 3B1
    1F02 k 3B1
    1F03 k 3B1
    1F04 k 3B1
    1F05 k 3B1
    1F06 k 3B1
    1F07 k 3B1
    1F08 k 3B1
    1F09 k 3B1
    1F0A k 3B1
    1F0B k 3B1
    1F0C k 3B1
    1F0D k 3B1
    1F0E k 3B1
    1F0F k 3B1
    1F10 k 3B5
    1F11 k 3B5
    1F12 k 3B5
    1F13 k 3B5
    1F14 k 3B5
    1F15 k 3B5
    1F18 k 3B5
    1F19 k 3B5
    1F1A k 3B5
    1F1B k 3B5
    1F1C k 3B5
    1F1D k 3B5
    1F20 k 3B7
    1F21 k 3B7
    1F22 k 3B7
    1F23 k 3B7
    1F24 k 3B7
    1F25 k 3B7
    1F26 k 3B7
    1F27 k 3B7
    1F28 k 3B7
    1F29 k 3B7
    1F2A k 3B7
    1F2B k 3B7
    1F2C k 3B7
    1F2D k 3B7
    1F2E k 3B7
    1F2F k 3B7
    1F30 k 3B9
    1F31 k 3B9
    1F32 k 3B9
    1F33 k 3B9
    1F34 k 3B9
    1F35 k 3B9
    1F36 k 3B9
    1F37 k 3B9
    1F38 k 3B9
    1F39 k 3B9
    1F3A k 3B9
    1F3B k 3B9
    1F3C k 3B9
    1F3D k 3B9
    1F3E k 3B9
    1F3F k 3B9
    1F40 k 3BF
    1F41 k 3BF
    1F42 k 3BF
    1F43 k 3BF
    1F44 k 3BF
    1F45 k 3BF
    1F48 k 3BF
    1F49 k 3BF
    1F4A k 3BF
    1F4B k 3BF
    1F4C k 3BF
    1F4D k 3BF
    1F50 k 3C5
    1F51 k 3C5
    1F52 k 3C5
    1F53 k 3C5
    1F54 k 3C5
    1F55 k 3C5
    1F56 k 3C5
    1F57 k 3C5
    1F59 k 3C5
    1F5B k 3C5
    1F5D k 3C5
    1F5F k 3C5
    1F60 k 3C9
    1F61 k 3C9
    1F62 k 3C9
    1F63 k 3C9
    1F64 k 3C9
    1F65 k 3C9
    1F66 k 3C9
    1F67 k 3C9
    1F68 k 3C9
    1F69 k 3C9
    1F6A k 3C9
    1F6B k 3C9
    1F6C k 3C9
    1F6D k 3C9
    1F6E k 3C9
    1F6F k 3C9
    1F70 k 3B1
    1F71 k 3B1
    1F72 k 3B5
    1F73 k 3B5
    1F74 k 3B7
    1F75 k 3B7
    1F76 k 3B9
    1F77 k 3B9
    1F78 k 3BF
    1F79 k 3BF
    1F7A k 3C5
    1F7B k 3C5
    1F7C k 3C9
    1F7D k 3C9
    1F80 k 3B1
    1F81 k 3B1
    1F82 k 3B1
    1F83 k 3B1
    1F84 k 3B1
    1F85 k 3B1
    1F86 k 3B1
    1F87 k 3B1
    1F88 k 3B1
    1F89 k 3B1
    1F8A k 3B1
    1F8B k 3B1
    1F8C k 3B1
    1F8D k 3B1
    1F8E k 3B1
    1F8F k 3B1
    1F90 k 3B7
    1F91 k 3B7
    1F92 k 3B7
    1F93 k 3B7
    1F94 k 3B7
    1F95 k 3B7
    1F96 k 3B7
    1F97 k 3B7
    1F98 k 3B7
    1F99 k 3B7
    1F9A k 3B7
    1F9B k 3B7
    1F9C k 3B7
    1F9D k 3B7
    1F9E k 3B7
    1F9F k 3B7
    1FA0 k 3C9
    1FA1 k 3C9
    1FA2 k 3C9
    1FA3 k 3C9
    1FA4 k 3C9
    1FA5 k 3C9
    1FA6 k 3C9
    1FA7 k 3C9
    1FA8 k 3C9
    1FA9 k 3C9
    1FAA k 3C9
    1FAB k 3C9
    1FAC k 3C9
    1FAD k 3C9
    1FAE k 3C9
    1FAF k 3C9
    1FB0 k 3B1
    1FB1 k 3B1
    1FB2 k 3B1
    1FB3 k 3B1
    1FB4 k 3B1
    1FB6 k 3B1
    1FB7 k 3B1
    1FB8 k 3B1
    1FB9 k 3B1
    1FBA k 3B1
    1FBB k 3B1
    1FBC k 3B1
    1FBE k 3B9
    1FC1 k A8
    1FC2 k 3B7
    1FC3 k 3B7
    1FC4 k 3B7
    1FC6 k 3B7
    1FC7 k 3B7
    1FC8 k 3B5
    1FC9 k 3B5
    1FCA k 3B7
    1FCB k 3B7
    1FCC k 3B7
    1FCD k 1FBF
    1FCE k 1FBF
    1FCF k 1FBF
    1FD0 k 3B9
    1FD1 k 3B9
    1FD2 k 3B9
    1FD3 k 3B9
    1FD6 k 3B9
    1FD7 k 3B9
    1FD8 k 3B9
    1FD9 k 3B9
    1FDA k 3B9
    1FDB k 3B9
    1FDD k 1FFE
    1FDE k 1FFE
    1FDF k 1FFE
    1FE0 k 3C5
    1FE1 k 3C5
    1FE2 k 3C5
    1FE3 k 3C5
    1FE4 k 3C1
    1FE5 k 3C1
    1FE6 k 3C5
    1FE7 k 3C5
    1FE8 k 3C5
    1FE9 k 3C5
    1FEA k 3C5
    1FEB k 3C5
    1FEC k 3C1
    1FED k A8
    1FEE k A8
    1FEF i 60
    1FF2 k 3C9
    1FF3 k 3C9
    1FF4 k 3C9
    1FF6 k 3C9
    1FF7 k 3C9
    1FF8 k 3BF
    1FF9 k 3BF
    1FFA k 3C9
    1FFB k 3C9
    1FFC k 3C9
    1FFD k B4
    2000-200A s
    200B-200F x
    2010-2027 i
    2028-2029 s
    202A-202E x
    202F s
    2030-2043 i
    2045-2051 i
    2053-205E i
    205F s
    2060-2064 x
    2066-206F x
    207D-207E i
    208D-208E i
    20D0-20DC x
    20E1 x
    20E5-20F0 x
    2126 k 3C9
    212A k 6B
    212B k 61
    2132 k 214E
    2160 k 2170
    2161 k 2171
    2162 k 2172
    2163 k 2173
    2164 k 2174
    2165 k 2175
    2166 k 2176
    2167 k 2177
    2168 k 2178
    2169 k 2179
    216A k 217A
    216B k 217B
    216C k 217C
    216D k 217D
    216E k 217E
    216F k 217F
    2183 k 2184
    219A k 2190
    219B k 2192
    21AE k 2194
    21CD k 21D0
    21CE k 21D4
    21CF k 21D2
    2204 k 2203
    2209 k 2208
    220C k 220B
    2224 k 2223
    2226 k 2225
    2241 k 223C
    2244 k 2243
    2247 k 2245
    2249 k 2248
    2260 i 3D
    2262 k 2261
    226D k 224D
    226E i 3C
    226F i 3E
    2270 k 2264
    2271 k 2265
    2274 k 2272
    2275 k 2273
    2278 k 2276
    2279 k 2277
    2280 k 227A
    2281 k 227B
    2284 k 2282
    2285 k 2283
    2288 k 2286
    2289 k 2287
    22AC k 22A2
    22AD k 22A8
    22AE k 22A9
    22AF k 22AB
    22E0 k 227C
    22E1 k 227D
    22E2 k 2291
    22E3 k 2292
    22EA k 22B2
    22EB k 22B3
    22EC k 22B4
    22ED k 22B5
    2308-230B i
    2329 i 3008
    232A i 3009
    24B6 k 24D0
    24B7 k 24D1
    24B8 k 24D2
    24B9 k 24D3
    24BA k 24D4
    24BB k 24D5
    24BC k 24D6
    24BD k 24D7
    24BE k 24D8
    24BF k 24D9
    24C0 k 24DA
    24C1 k 24DB
    24C2 k 24DC
    24C3 k 24DD
    24C4 k 24DE
    24C5 k 24DF
    24C6 k 24E0
    24C7 k 24E1
    24C8 k 24E2
    24C9 k 24E3
    24CA k 24E4
    24CB k 24E5
    24CC k 24E6
    24CD k 24E7
    24CE k 24E8
    24CF k 24E9
    2768-2775 i
    27C5-27C6 i
    27E6-27EF i
    2983-2998 i
    29D8-29DB i
    29FC-29FD i
    2ADC k 2ADD
    2C00 k 2C30
    2C01 k 2C31
    2C02 k 2C32
    2C03 k 2C33
    2C04 k 2C34
    2C05 k 2C35
    2C06 k 2C36
    2C07 k 2C37
    2C08 k 2C38
    2C09 k 2C39
    2C0A k 2C3A
    2C0B k 2C3B
    2C0C k 2C3C
    2C0D k 2C3D
    2C0E k 2C3E
    2C0F k 2C3F
    2C10 k 2C40
    2C11 k 2C41
    2C12 k 2C42
    2C13 k 2C43
    2C14 k 2C44
    2C15 k 2C45
    2C16 k 2C46
    2C17 k 2C47
    2C18 k 2C48
    2C19 k 2C49
    2C1A k 2C4A
    2C1B k 2C4B
    2C1C k 2C4C
    2C1D k 2C4D
    2C1E k 2C4E
    2C1F k 2C4F
    2C20 k 2C50
    2C21 k 2C51
    2C22 k 2C52
    2C23 k 2C53
    2C24 k 2C54
    2C25 k 2C55
    2C26 k 2C56
    2C27 k 2C57
    2C28 k 2C58
    2C29 k 2C59
    2C2A k 2C5A
    2C2B k 2C5B
    2C2C k 2C5C
    2C2D k 2C5D
    2C2E k 2C5E
    2C2F k 2C5F
    2C60 k 2C61
    2C62 k 26B
    2C63 k 1D7D
    2C64 k 27D
    2C67 k 2C68
    2C69 k 2C6A
    2C6B k 2C6C
    2C6D k 251
    2C6E k 271
    2C6F k 250
    2C70 k 252
    2C72 k 2C73
    2C75 k 2C76
    2C7E k 23F
    2C7F k 240
    2C80 k 2C81
    2C82 k 2C83
    2C84 k 2C85
    2C86 k 2C87
    2C88 k 2C89
    2C8A k 2C8B
    2C8C k 2C8D
    2C8E k 2C8F
    2C90 k 2C91
    2C92 k 2C93
    2C94 k 2C95
    2C96 k 2C97
    2C98 k 2C99
    2C9A k 2C9B
    2C9C k 2C9D
    2C9E k 2C9F
    2CA0 k 2CA1
    2CA2 k 2CA3
    2CA4 k 2CA5
    2CA6 k 2CA7
    2CA8 k 2CA9
    2CAA k 2CAB
    2CAC k 2CAD
    2CAE k 2CAF
    2CB0 k 2CB1
    2CB2 k 2CB3
    2CB4 k 2CB5
    2CB6 k 2CB7
    2CB8 k 2CB9
    2CBA k 2CBB
    2CBC k 2CBD
    2CBE k 2CBF
    2CC0 k 2CC1
    2CC2 k 2CC3
    2CC4 k 2CC5
    2CC6 k 2CC7
    2CC8 k 2CC9
    2CCA k 2CCB
    2CCC k 2CCD
    2CCE k 2CCF
    2CD0 k 2CD1
    2CD2 k 2CD3
    2CD4 k 2CD5
    2CD6 k 2CD7
    2CD8 k 2CD9
    2CDA k 2CDB
    2CDC k 2CDD
    2CDE k 2CDF
    2CE0 k 2CE1
    2CE2 k 2CE3
    2CEB k 2CEC
    2CED k 2CEE
    2CEF-2CF1 x
    2CF2 k 2CF3
    2CF9-2CFC i
    2CFE-2CFF i
    2D70 i
    2D7F x
    2DE0-2DFF x
    2E00-2E2E i
    2E30-2E42 i
    3000 s
    3001-3003 i
    3008-3011 i
    3014-301F i
    302A-302D x
    3030 i
    303D i
    304C k 304B
    304E k 304D
    3050 k 304F
    3052 k 3051
    3054 k 3053
    3056 k 3055
    3058 k 3057
    305A k 3059
    305C k 305B
    305E k 305D
    3060 k 305F
    3062 k 3061
    3065 k 3064
    3067 k 3066
    3069 k 3068
    3070 k 306F
    3071 k 306F
    3073 k 3072
    3074 k 3072
    3076 k 3075
    3077 k 3075
    3079 k 3078
    307A k 3078
    307C k 307B
    307D k 307B
    3094 k 3046
    3099-309A x
    309E k 309D
    30A0 i
    30AC k 30AB
    30AE k 30AD
    30B0 k 30AF
    30B2 k 30B1
    30B4 k 30B3
    30B6 k 30B5
    30B8 k 30B7
    30BA k 30B9
    30BC k 30BB
    30BE k 30BD
    30C0 k 30BF
    30C2 k 30C1
    30C5 k 30C4
    30C7 k 30C6
    30C9 k 30C8
    30D0 k 30CF
    30D1 k 30CF
    30D3 k 30D2
    30D4 k 30D2
    30D6 k 30D5
    30D7 k 30D5
    30D9 k 30D8
    30DA k 30D8
    30DC k 30DB
    30DD k 30DB
    30F4 k 30A6
    30F7 k 30EF
    30F8 k 30F0
    30F9 k 30F1
    30FA k 30F2
    30FB i
    30FE k 30FD
    3400-4DBF i
    4E00-9FFF i
    A4FE-A4FF i
    A60D-A60F i
    A640 k A641
    A642 k A643
    A644 k A645
    A646 k A647
    A648 k A649
    A64A k A64B
    A64C k A64D
    A64E k A64F
    A650 k A651
    A652 k A653
    A654 k A655
    A656 k A657
    A658 k A659
    A65A k A65B
    A65C k A65D
    A65E k A65F
    A660 k A661
    A662 k A663
    A664 k A665
    A666 k A667
    A668 k A669
    A66A k A66B
    A66C k A66D
    A66F x
    A673 i
    A674-A67D x
    A67E i
    A680 k A681
    A682 k A683
    A684 k A685
    A686 k A687
    A688 k A689
    A68A k A68B
    A68C k A68D
    A68E k A68F
    A690 k A691
    A692 k A693
    A694 k A695
    A696 k A697
    A698 k A699
    A69A k A69B
    A69E-A69F x
    A6F0-A6F1 x
    A6F2-A6F7 i
    A722 k A723
    A724 k A725
    A726 k A727
    A728 k A729
    A72A k A72B
    A72C k A72D
    A72E k A72F
    A732 k A733
    A734 k A735
    A736 k A737
    A738 k A739
    A73A k A73B
    A73C k A73D
    A73E k A73F
    A740 k A741
    A742 k A743
    A744 k A745
    A746 k A747
    A748 k A749
    A74A k A74B
    A74C k A74D
    A74E k A74F
    A750 k A751
    A752 k A753
    A754 k A755
    A756 k A757
    A758 k A759
    A75A k A75B
    A75C k A75D
    A75E k A75F
    A760 k A761
    A762 k A763
    A764 k A765
    A766 k A767
    A768 k A769
    A76A k A76B
    A76C k A76D
    A76E k A76F
    A779 k A77A
    A77B k A77C
    A77D k 1D79
    A77E k A77F
    A780 k A781
    A782 k A783
    A784 k A785
    A786 k A787
    A78B k A78C
    A78D k 265
    A790 k A791
    A792 k A793
    A796 k A797
    A798 k A799
    A79A k A79B
    A79C k A79D
    A79E k A79F
    A7A0 k A7A1
    A7A2 k A7A3
    A7A4 k A7A5
    A7A6 k A7A7
    A7A8 k A7A9
    A7AA k 266
    A7AB k 25C
    A7AC k 261
    A7AD k 26C
    A7AE k 26A
    A7B0 k 29E
    A7B1 k 287
    A7B2 k 29D
    A7B3 k AB53
    A7B4 k A7B5
    A7B6 k A7B7
    A7B8 k A7B9
    A7BA k A7BB
    A7BC k A7BD
    A7BE k A7BF
    A7C0 k A7C1
    A7C2 k A7C3
    A7C4 k A794
    A7C5 k 282
    A7C6 k 1D8E
    A7C7 k A7C8
    A7C9 k A7CA
    A7CB k 264
    A7CC k A7CD
    A7CE k A7CF
    A7D0 k A7D1
    A7D2 k A7D3
    A7D4 k A7D5
    A7D6 k A7D7
    A7D8 k A7D9
    A7DA k A7DB
    A7DC k 19B
    A7F5 k A7F6
    A802 x
    A806 x
    A80B x
    A825-A826 x
    A874-A877 i
    A8C4 x
    A8CE-A8CF i
    A8E0-A8F1 x
    A8F8-A8FA i
    A8FC i
    A926-A92D x
    A92E-A92F i
    A947-A951 x
    A95F i
    A980-A982 x
    A9B3 x
    A9B6-A9B9 x
    A9BC x
    A9C1-A9CD i
    A9DE-A9DF i
    A9E5 x
    AA29-AA2E x
    AA31-AA32 x
    AA35-AA36 x
    AA43 x
    AA4C x
    AA5C-AA5F i
    AA7C x
    AAB0 x
    AAB2-AAB4 x
    AAB7-AAB8 x
    AABE-AABF x
    AAC1 x
    AADE-AADF i
    AAEC-AAED x
    AAF0-AAF1 i
    AAF6 x
    ABE5 x
    ABE8 x
    ABEB i
    ABED x
    E000-F8FF x
    F900 i 8C48
    F901 i 66F4
    F902 i 8ECA
    F903 i 8CC8
    F904 i 6ED1
    F905 i 4E32
    F906 i 53E5
    F907 i 9F9C
    F908 i 9F9C
    F909 i 5951
    F90A i 91D1
    F90B i 5587
    F90C i 5948
    F90D i 61F6
    F90E i 7669
    F90F i 7F85
    F910 i 863F
    F911 i 87BA
    F912 i 88F8
    F913 i 908F
    F914 i 6A02
    F915 i 6D1B
    F916 i 70D9
    F917 i 73DE
    F918 i 843D
    F919 i 916A
    F91A i 99F1
    F91B i 4E82
    F91C i 5375
    F91D i 6B04
    F91E i 721B
    F91F i 862D
    F920 i 9E1E
    F921 i 5D50
    F922 i 6FEB
    F923 i 85CD
    F924 i 8964
    F925 i 62C9
    F926 i 81D8
    F927 i 881F
    F928 i 5ECA
    F929 i 6717
    F92A i 6D6A
    F92B i 72FC
    F92C i 90CE
    F92D i 4F86
    F92E i 51B7
    F92F i 52DE
    F930 i 64C4
    F931 i 6AD3
    F932 i 7210
    F933 i 76E7
    F934 i 8001
    F935 i 8606
    F936 i 865C
    F937 i 8DEF
    F938 i 9732
    F939 i 9B6F
    F93A i 9DFA
    F93B i 788C
    F93C i 797F
    F93D i 7DA0
    F93E i 83C9
    F93F i 9304
    F940 i 9E7F
    F941 i 8AD6
    F942 i 58DF
    F943 i 5F04
    F944 i 7C60
    F945 i 807E
    F946 i 7262
    F947 i 78CA
    F948 i 8CC2
    F949 i 96F7
    F94A i 58D8
    F94B i 5C62
    F94C i 6A13
    F94D i 6DDA
    F94E i 6F0F
    F94F i 7D2F
    F950 i 7E37
    F951 i 964B
    F952 i 52D2
    F953 i 808B
    F954 i 51DC
    F955 i 51CC
    F956 i 7A1C
    F957 i 7DBE
    F958 i 83F1
    F959 i 9675
    F95A i 8B80
    F95B i 62CF
    F95C i 6A02
    F95D i 8AFE
    F95E i 4E39
    F95F i 5BE7
    F960 i 6012
    F961 i 7387
    F962 i 7570
    F963 i 5317
    F964 i 78FB
    F965 i 4FBF
    F966 i 5FA9
    F967 i 4E0D
    F968 i 6CCC
    F969 i 6578
    F96A i 7D22
    F96B i 53C3
    F96C i 585E
    F96D i 7701
    F96E i 8449
    F96F i 8AAA
    F970 i 6BBA
    F971 i 8FB0
    F972 i 6C88
    F973 i 62FE
    F974 i 82E5
    F975 i 63A0
    F976 i 7565
    F977 i 4EAE
    F978 i 5169
    F979 i 51C9
    F97A i 6881
    F97B i 7CE7
    F97C i 826F
    F97D i 8AD2
    F97E i 91CF
    F97F i 52F5
    F980 i 5442
    F981 i 5973
    F982 i 5EEC
    F983 i 65C5
    F984 i 6FFE
    F985 i 792A
    F986 i 95AD
    F987 i 9A6A
    F988 i 9E97
    F989 i 9ECE
    F98A i 529B
    F98B i 66C6
    F98C i 6B77
    F98D i 8F62
    F98E i 5E74
    F98F i 6190
    F990 i 6200
    F991 i 649A
    F992 i 6F23
    F993 i 7149
    F994 i 7489
    F995 i 79CA
    F996 i 7DF4
    F997 i 806F
    F998 i 8F26
    F999 i 84EE
    F99A i 9023
    F99B i 934A
    F99C i 5217
    F99D i 52A3
    F99E i 54BD
    F99F i 70C8
    F9A0 i 88C2
    F9A1 i 8AAA
    F9A2 i 5EC9
    F9A3 i 5FF5
    F9A4 i 637B
    F9A5 i 6BAE
    F9A6 i 7C3E
    F9A7 i 7375
    F9A8 i 4EE4
    F9A9 i 56F9
    F9AA i 5BE7
    F9AB i 5DBA
    F9AC i 601C
    F9AD i 73B2
    F9AE i 7469
    F9AF i 7F9A
    F9B0 i 8046
    F9B1 i 9234
    F9B2 i 96F6
    F9B3 i 9748
    F9B4 i 9818
    F9B5 i 4F8B
    F9B6 i 79AE
    F9B7 i 91B4
    F9B8 i 96B8
    F9B9 i 60E1
    F9BA i 4E86
    F9BB i 50DA
    F9BC i 5BEE
    F9BD i 5C3F
    F9BE i 6599
    F9BF i 6A02
    F9C0 i 71CE
    F9C1 i 7642
    F9C2 i 84FC
    F9C3 i 907C
    F9C4 i 9F8D
    F9C5 i 6688
    F9C6 i 962E
    F9C7 i 5289
    F9C8 i 677B
    F9C9 i 67F3
    F9CA i 6D41
    F9CB i 6E9C
    F9CC i 7409
    F9CD i 7559
    F9CE i 786B
    F9CF i 7D10
    F9D0 i 985E
    F9D1 i 516D
    F9D2 i 622E
    F9D3 i 9678
    F9D4 i 502B
    F9D5 i 5D19
    F9D6 i 6DEA
    F9D7 i 8F2A
    F9D8 i 5F8B
    F9D9 i 6144
    F9DA i 6817
    F9DB i 7387
    F9DC i 9686
    F9DD i 5229
    F9DE i 540F
    F9DF i 5C65
    F9E0 i 6613
    F9E1 i 674E
    F9E2 i 68A8
    F9E3 i 6CE5
    F9E4 i 7406
    F9E5 i 75E2
    F9E6 i 7F79
    F9E7 i 88CF
    F9E8 i 88E1
    F9E9 i 91CC
    F9EA i 96E2
    F9EB i 533F
    F9EC i 6EBA
    F9ED i 541D
    F9EE i 71D0
    F9EF i 7498
    F9F0 i 85FA
    F9F1 i 96A3
    F9F2 i 9C57
    F9F3 i 9E9F
    F9F4 i 6797
    F9F5 i 6DCB
    F9F6 i 81E8
    F9F7 i 7ACB
    F9F8 i 7B20
    F9F9 i 7C92
    F9FA i 72C0
    F9FB i 7099
    F9FC i 8B58
    F9FD i 4EC0
    F9FE i 8336
    F9FF i 523A
    FA00 i 5207
    FA01 i 5EA6
    FA02 i 62D3
    FA03 i 7CD6
    FA04 i 5B85
    FA05 i 6D1E
    FA06 i 66B4
    FA07 i 8F3B
    FA08 i 884C
    FA09 i 964D
    FA0A i 898B
    FA0B i 5ED3
    FA0C i 5140
    FA0D i 55C0
    FA0E-FA0F i
    FA10 i 585A
    FA11 i
    FA12 i 6674
    FA13-FA14 i
    FA15 i 51DE
    FA16 i 732A
    FA17 i 76CA
    FA18 i 793C
    FA19 i 795E
    FA1A i 7965
    FA1B i 798F
    FA1C i 9756
    FA1D i 7CBE
    FA1E i 7FBD
    FA1F i
    FA20 i 8612
    FA21 i
    FA22 i 8AF8
    FA23-FA24 i
    FA25 i 9038
    FA26 i 90FD
    FA27-FA29 i
    FA2A i 98EF
    FA2B i 98FC
    FA2C i 9928
    FA2D i 9DB4
    FA2E i 90DE
    FA2F i 96B7
    FA30 i 4FAE
    FA31 i 50E7
    FA32 i 514D
    FA33 i 52C9
    FA34 i 52E4
    FA35 i 5351
    FA36 i 559D
    FA37 i 5606
    FA38 i 5668
    FA39 i 5840
    FA3A i 58A8
    FA3B i 5C64
    FA3C i 5C6E
    FA3D i 6094
    FA3E i 6168
    FA3F i 618E
    FA40 i 61F2
    FA41 i 654F
    FA42 i 65E2
    FA43 i 6691
    FA44 i 6885
    FA45 i 6D77
    FA46 i 6E1A
    FA47 i 6F22
    FA48 i 716E
    FA49 i 722B
    FA4A i 7422
    FA4B i 7891
    FA4C i 793E
    FA4D i 7949
    FA4E i 7948
    FA4F i 7950
    FA50 i 7956
    FA51 i 795D
    FA52 i 798D
    FA53 i 798E
    FA54 i 7A40
    FA55 i 7A81
    FA56 i 7BC0
    FA57 i 7DF4
    FA58 i 7E09
    FA59 i 7E41
    FA5A i 7F72
    FA5B i 8005
    FA5C i 81ED
    FA5D i 8279
    FA5E i 8279
    FA5F i 8457
    FA60 i 8910
    FA61 i 8996
    FA62 i 8B01
    FA63 i 8B39
    FA64 i 8CD3
    FA65 i 8D08
    FA66 i 8FB6
    FA67 i 9038
    FA68 i 96E3
    FA69 i 97FF
    FA6A i 983B
    FA6B i 6075
    FA6C i 242EE
    FA6D i 8218
    FA6E-FA6F i
    FA70 i 4E26
    FA71 i 51B5
    FA72 i 5168
    FA73 i 4F80
    FA74 i 5145
    FA75 i 5180
    FA76 i 52C7
    FA77 i 52FA
    FA78 i 559D
    FA79 i 5555
    FA7A i 5599
    FA7B i 55E2
    FA7C i 585A
    FA7D i 58B3
    FA7E i 5944
    FA7F i 5954
    FA80 i 5A62
    FA81 i 5B28
    FA82 i 5ED2
    FA83 i 5ED9
    FA84 i 5F69
    FA85 i 5FAD
    FA86 i 60D8
    FA87 i 614E
    FA88 i 6108
    FA89 i 618E
    FA8A i 6160
    FA8B i 61F2
    FA8C i 6234
    FA8D i 63C4
    FA8E i 641C
    FA8F i 6452
    FA90 i 6556
    FA91 i 6674
    FA92 i 6717
    FA93 i 671B
    FA94 i 6756
    FA95 i 6B79
    FA96 i 6BBA
    FA97 i 6D41
    FA98 i 6EDB
    FA99 i 6ECB
    FA9A i 6F22
    FA9B i 701E
    FA9C i 716E
    FA9D i 77A7
    FA9E i 7235
    FA9F i 72AF
    FAA0 i 732A
    FAA1 i 7471
    FAA2 i 7506
    FAA3 i 753B
    FAA4 i 761D
    FAA5 i 761F
    FAA6 i 76CA
    FAA7 i 76DB
    FAA8 i 76F4
    FAA9 i 774A
    FAAA i 7740
    FAAB i 78CC
    FAAC i 7AB1
    FAAD i 7BC0
    FAAE i 7C7B
    FAAF i 7D5B
    FAB0 i 7DF4
    FAB1 i 7F3E
    FAB2 i 8005
    FAB3 i 8352
    FAB4 i 83EF
    FAB5 i 8779
    FAB6 i 8941
    FAB7 i 8986
    FAB8 i 8996
    FAB9 i 8ABF
    FABA i 8AF8
    FABB i 8ACB
    FABC i 8B01
    FABD i 8AFE
    FABE i 8AED
    FABF i 8B39
    FAC0 i 8B8A
    FAC1 i 8D08
    FAC2 i 8F38
    FAC3 i 9072
    FAC4 i 9199
    FAC5 i 9276
    FAC6 i 967C
    FAC7 i 96E3
    FAC8 i 9756
    FAC9 i 97DB
    FACA i 97FF
    FACB i 980B
    FACC i 983B
    FACD i 9B12
    FACE i 9F9C
    FACF i 2284A
    FAD0 i 22844
    FAD1 i 233D5
    FAD2 i 3B9D
    FAD3 i 4018
    FAD4 i 4039
    FAD5 i 25249
    FAD6 i 25CD0
    FAD7 i 27ED3
    FAD8 i 9F43
    FAD9 i 9F8E
    FADA-FAFF i
    FB1D k 5D9
    FB1E x
    FB1F k 5F2
    FB2A k 5E9
    FB2B k 5E9
    FB2C k 5E9
    FB2D k 5E9
    FB2E k 5D0
    FB2F k 5D0
    FB30 k 5D0
    FB31 k 5D1
    FB32 k 5D2
    FB33 k 5D3
    FB34 k 5D4
    FB35 k 5D5
    FB36 k 5D6
    FB38 k 5D8
    FB39 k 5D9
    FB3A k 5DA
    FB3B k 5DB
    FB3C k 5DC
    FB3E k 5DE
    FB40 k 5E0
    FB41 k 5E1
    FB43 k 5E3
    FB44 k 5E4
    FB46 k 5E6
    FB47 k 5E7
    FB48 k 5E8
    FB49 k 5E9
    FB4A k 5EA
    FB4B k 5D5
    FB4C k 5D1
    FB4D k 5DB
    FB4E k 5E4
    FD3E-FD3F i
    FE00-FE0F x
    FE10-FE19 i
    FE20-FE2F x
    FE30-FE52 i
    FE54-FE61 i
    FE63 i
    FE68 i
    FE6A-FE6B i
    FEFF x
    FF01-FF03 i
    FF05-FF0A i
    FF0C-FF0F i
    FF1A-FF1B i
    FF1F-FF20 i
    FF21 k FF41
    FF22 k FF42
    FF23 k FF43
    FF24 k FF44
    FF25 k FF45
    FF26 k FF46
    FF27 k FF47
    FF28 k FF48
    FF29 k FF49
    FF2A k FF4A
    FF2B k FF4B
    FF2C k FF4C
    FF2D k FF4D
    FF2E k FF4E
    FF2F k FF4F
    FF30 k FF50
    FF31 k FF51
    FF32 k FF52
    FF33 k FF53
    FF34 k FF54
    FF35 k FF55
    FF36 k FF56
    FF37 k FF57
    FF38 k FF58
    FF39 k FF59
    FF3A k FF5A
    FF3B-FF3D i
    FF3F i
    FF5B i
    FF5D i
    FF5F-FF65 i
    FFF9-FFFB x
    FFFD x
    10100-10102 i
    101FD x
    102E0 x
    10376-1037A x
    1039F i
    103D0 i
    10400 k 10428
    10401 k 10429
    10402 k 1042A
    10403 k 1042B
    10404 k 1042C
    10405 k 1042D
    10406 k 1042E
    10407 k 1042F
    10408 k 10430
    10409 k 10431
    1040A k 10432
    1040B k 10433
    1040C k 10434
    1040D k 10435
    1040E k 10436
    1040F k 10437
    10410 k 10438
    10411 k 10439
    10412 k 1043A
    10413 k 1043B
    10414 k 1043C
    10415 k 1043D
    10416 k 1043E
    10417 k 1043F
    10418 k 10440
    10419 k 10441
    1041A k 10442
    1041B k 10443
    1041C k 10444
    1041D k 10445
    1041E k 10446
    1041F k 10447
    10420 k 10448
    10421 k 10449
    10422 k 1044A
    10423 k 1044B
    10424 k 1044C
    10425 k 1044D
    10426 k 1044E
    10427 k 1044F
    104B0 k 104D8
    104B1 k 104D9
    104B2 k 104DA
    104B3 k 104DB
    104B4 k 104DC
    104B5 k 104DD
    104B6 k 104DE
    104B7 k 104DF
    104B8 k 104E0
    104B9 k 104E1
    104BA k 104E2
    104BB k 104E3
    104BC k 104E4
    104BD k 104E5
    104BE k 104E6
    104BF k 104E7
    104C0 k 104E8
    104C1 k 104E9
    104C2 k 104EA
    104C3 k 104EB
    104C4 k 104EC
    104C5 k 104ED
    104C6 k 104EE
    104C7 k 104EF
    104C8 k 104F0
    104C9 k 104F1
    104CA k 104F2
    104CB k 104F3
    104CC k 104F4
    104CD k 104F5
    104CE k 104F6
    104CF k 104F7
    104D0 k 104F8
    104D1 k 104F9
    104D2 k 104FA
    104D3 k 104FB
    1056F i
    10570 k 10597
    10571 k 10598
    10572 k 10599
    10573 k 1059A
    10574 k 1059B
    10575 k 1059C
    10576 k 1059D
    10577 k 1059E
    10578 k 1059F
    10579 k 105A0
    1057A k 105A1
    1057C k 105A3
    1057D k 105A4
    1057E k 105A5
    1057F k 105A6
    10580 k 105A7
    10581 k 105A8
    10582 k 105A9
    10583 k 105AA
    10584 k 105AB
    10585 k 105AC
    10586 k 105AD
    10587 k 105AE
    10588 k 105AF
    10589 k 105B0
    1058A k 105B1
    1058C k 105B3
    1058D k 105B4
    1058E k 105B5
    1058F k 105B6
    10590 k 105B7
    10591 k 105B8
    10592 k 105B9
    10594 k 105BB
    10595 k 105BC
    10857 i
    1091F i
    1093F i
    10A01-10A03 x
    10A05-10A06 x
    10A0C-10A0F x
    10A38-10A3A x
    10A3F x
    10A50-10A58 i
    10A7F i
    10AE5-10AE6 x
    10AF0-10AF6 i
    10B39-10B3F i
    10B99-10B9C i
    10C80 k 10CC0
    10C81 k 10CC1
    10C82 k 10CC2
    10C83 k 10CC3
    10C84 k 10CC4
    10C85 k 10CC5
    10C86 k 10CC6
    10C87 k 10CC7
    10C88 k 10CC8
    10C89 k 10CC9
    10C8A k 10CCA
    10C8B k 10CCB
    10C8C k 10CCC
    10C8D k 10CCD
    10C8E k 10CCE
    10C8F k 10CCF
    10C90 k 10CD0
    10C91 k 10CD1
    10C92 k 10CD2
    10C93 k 10CD3
    10C94 k 10CD4
    10C95 k 10CD5
    10C96 k 10CD6
    10C97 k 10CD7
    10C98 k 10CD8
    10C99 k 10CD9
    10C9A k 10CDA
    10C9B k 10CDB
    10C9C k 10CDC
    10C9D k 10CDD
    10C9E k 10CDE
    10C9F k 10CDF
    10CA0 k 10CE0
    10CA1 k 10CE1
    10CA2 k 10CE2
    10CA3 k 10CE3
    10CA4 k 10CE4
    10CA5 k 10CE5
    10CA6 k 10CE6
    10CA7 k 10CE7
    10CA8 k 10CE8
    10CA9 k 10CE9
    10CAA k 10CEA
    10CAB k 10CEB
    10CAC k 10CEC
    10CAD k 10CED
    10CAE k 10CEE
    10CAF k 10CEF
    10CB0 k 10CF0
    10CB1 k 10CF1
    10CB2 k 10CF2
    10D50 k 10D70
    10D51 k 10D71
    10D52 k 10D72
    10D53 k 10D73
    10D54 k 10D74
    10D55 k 10D75
    10D56 k 10D76
    10D57 k 10D77
    10D58 k 10D78
    10D59 k 10D79
    10D5A k 10D7A
    10D5B k 10D7B
    10D5C k 10D7C
    10D5D k 10D7D
    10D5E k 10D7E
    10D5F k 10D7F
    10D60 k 10D80
    10D61 k 10D81
    10D62 k 10D82
    10D63 k 10D83
    10D64 k 10D84
    10D65 k 10D85
    11001 x
    11038-11046 x
    11047-1104D i
    1107F-11081 x
    1109A k 11099
    1109C k 1109B
    110AB k 110A5
    110B3-110B6 x
    110B9-110BA x
    110BB-110BC i
    110BD x
    110BE-110C1 i
    11100-11102 x
    11127-1112B x
    1112D-11134 x
    11140-11143 i
    11173 x
    11174-11175 i
    11180-11181 x
    111B6-111BE x
    111C5-111C9 i
    111CA-111CC x
    111CD i
    111DB i
    111DD-111DF i
    1122F-11231 x
    11234 x
    11236-11237 x
    11238-1123D i
    112A9 i
    112DF x
    112E3-112EA x
    11300-11301 x
    1133C x
    11340 x
    1134B k 11347 1133E
    1134C k 11347 11357
    11366-1136C x
    11370-11374 x
    114B3-114B8 x
    114BA x
    114BB k 114B9
    114BC k 114B9 114B0
    114BE k 114B9 114BD
    114BF-114C0 x
    114C2-114C3 x
    114C6 i
    115B2-115B5 x
    115BA k 115B8 115AF
    115BB k 115B9 115AF
    115BC-115BD x
    115BF-115C0 x
    115C1-115D7 i
    115DC-115DD x
    11633-1163A x
    1163D x
    1163F-11640 x
    11641-11643 i
    116AB x
    116AD x
    116B0-116B5 x
    116B7 x
    1171D-1171F x
    11722-11725 x
    11727-1172B x
    1173C-1173E i
    118A0 k 118C0
    118A1 k 118C1
    118A2 k 118C2
    118A3 k 118C3
    118A4 k 118C4
    118A5 k 118C5
    118A6 k 118C6
    118A7 k 118C7
    118A8 k 118C8
    118A9 k 118C9
    118AA k 118CA
    118AB k 118CB
    118AC k 118CC
    118AD k 118CD
    118AE k 118CE
    118AF k 118CF
    118B0 k 118D0
    118B1 k 118D1
    118B2 k 118D2
    118B3 k 118D3
    118B4 k 118D4
    118B5 k 118D5
    118B6 k 118D6
    118B7 k 118D7
    118B8 k 118D8
    118B9 k 118D9
    118BA k 118DA
    118BB k 118DB
    118BC k 118DC
    118BD k 118DD
    118BE k 118DE
    118BF k 118DF
    12470-12474 i
    16A6E-16A6F i
    16AF0-16AF4 x
    16AF5 i
    16B30-16B36 x
    16B37-16B3B i
    16B44 i
    16E40 k 16E60
    16E41 k 16E61
    16E42 k 16E62
    16E43 k 16E63
    16E44 k 16E64
    16E45 k 16E65
    16E46 k 16E66
    16E47 k 16E67
    16E48 k 16E68
    16E49 k 16E69
    16E4A k 16E6A
    16E4B k 16E6B
    16E4C k 16E6C
    16E4D k 16E6D
    16E4E k 16E6E
    16E4F k 16E6F
    16E50 k 16E70
    16E51 k 16E71
    16E52 k 16E72
    16E53 k 16E73
    16E54 k 16E74
    16E55 k 16E75
    16E56 k 16E76
    16E57 k 16E77
    16E58 k 16E78
    16E59 k 16E79
    16E5A k 16E7A
    16E5B k 16E7B
    16E5C k 16E7C
    16E5D k 16E7D
    16E5E k 16E7E
    16E5F k 16E7F
    16EA0 k 16EBB
    16EA1 k 16EBC
    16EA2 k 16EBD
    16EA3 k 16EBE
    16EA4 k 16EBF
    16EA5 k 16EC0
    16EA6 k 16EC1
    16EA7 k 16EC2
    16EA8 k 16EC3
    16EA9 k 16EC4
    16EAA k 16EC5
    16EAB k 16EC6
    16EAC k 16EC7
    16EAD k 16EC8
    16EAE k 16EC9
    16EAF k 16ECA
    16EB0 k 16ECB
    16EB1 k 16ECC
    16EB2 k 16ECD
    16EB3 k 16ECE
    16EB4 k 16ECF
    16EB5 k 16ED0
    16EB6 k 16ED1
    16EB7 k 16ED2
    16EB8 k 16ED3
    16F8F-16F92 x
    1BC9D-1BC9E x
    1BC9F i
    1BCA0-1BCA3 x
    1D15E k 1D157 1D165
    1D15F k 1D158 1D165
    1D160 k 1D158 1D165 1D16E
    1D161 k 1D158 1D165 1D16F
    1D162 k 1D158 1D165 1D170
    1D163 k 1D158 1D165 1D171
    1D164 k 1D158 1D165 1D172
    1D167-1D169 x
    1D173-1D182 x
    1D185-1D18B x
    1D1AA-1D1AD x
    1D1BB k 1D1B9 1D165
    1D1BC k 1D1BA 1D165
    1D1BD k 1D1B9 1D165 1D16E
    1D1BE k 1D1BA 1D165 1D16E
    1D1BF k 1D1B9 1D165 1D16F
    1D1C0 k 1D1BA 1D165 1D16F
    1D242-1D244 x
    1DA00-1DA36 x
    1DA3B-1DA6C x
    1DA75 x
    1DA84 x
    1DA87-1DA8B i
    1DA9B-1DA9F x
    1DAA1-1DAAF x
    1E8D0-1E8D6 x
    1E900 k 1E922
    1E901 k 1E923
    1E902 k 1E924
    1E903 k 1E925
    1E904 k 1E926
    1E905 k 1E927
    1E906 k 1E928
    1E907 k 1E929
    1E908 k 1E92A
    1E909 k 1E92B
    1E90A k 1E92C
    1E90B k 1E92D
    1E90C k 1E92E
    1E90D k 1E92F
    1E90E k 1E930
    1E90F k 1E931
    1E910 k 1E932
    1E911 k 1E933
    1E912 k 1E934
    1E913 k 1E935
    1E914 k 1E936
    1E915 k 1E937
    1E916 k 1E938
    1E917 k 1E939
    1E918 k 1E93A
    1E919 k 1E93B
    1E91A k 1E93C
    1E91B k 1E93D
    1E91C k 1E93E
    1E91D k 1E93F
    1E91E k 1E940
    1E91F k 1E941
    1E920 k 1E942
    1E921 k 1E943
    20000-2A6DF i
    2A700-2B81F i
    2B920-2CEAF i
    2F800 i 4E3D
    2F801 i 4E38
    2F802 i 4E41
    2F803 i 20122
    2F804 i 4F60
    2F805 i 4FAE
    2F806 i 4FBB
    2F807 i 5002
    2F808 i 507A
    2F809 i 5099
    2F80A i 50E7
    2F80B i 50CF
    2F80C i 349E
    2F80D i 2063A
    2F80E i 514D
    2F80F i 5154
    2F810 i 5164
    2F811 i 5177
    2F812 i 2051C
    2F813 i 34B9
    2F814 i 5167
    2F815 i 518D
    2F816 i 2054B
    2F817 i 5197
    2F818 i 51A4
    2F819 i 4ECC
    2F81A i 51AC
    2F81B i 51B5
    2F81C i 291DF
    2F81D i 51F5
    2F81E i 5203
    2F81F i 34DF
    2F820 i 523B
    2F821 i 5246
    2F822 i 5272
    2F823 i 5277
    2F824 i 3515
    2F825 i 52C7
    2F826 i 52C9
    2F827 i 52E4
    2F828 i 52FA
    2F829 i 5305
    2F82A i 5306
    2F82B i 5317
    2F82C i 5349
    2F82D i 5351
    2F82E i 535A
    2F82F i 5373
    2F830 i 537D
    2F831 i 537F
    2F832 i 537F
    2F833 i 537F
    2F834 i 20A2C
    2F835 i 7070
    2F836 i 53CA
    2F837 i 53DF
    2F838 i 20B63
    2F839 i 53EB
    2F83A i 53F1
    2F83B i 5406
    2F83C i 549E
    2F83D i 5438
    2F83E i 5448
    2F83F i 5468
    2F840 i 54A2
    2F841 i 54F6
    2F842 i 5510
    2F843 i 5553
    2F844 i 5563
    2F845 i 5584
    2F846 i 5584
    2F847 i 5599
    2F848 i 55AB
    2F849 i 55B3
    2F84A i 55C2
    2F84B i 5716
    2F84C i 5606
    2F84D i 5717
    2F84E i 5651
    2F84F i 5674
    2F850 i 5207
    2F851 i 58EE
    2F852 i 57CE
    2F853 i 57F4
    2F854 i 580D
    2F855 i 578B
    2F856 i 5832
    2F857 i 5831
    2F858 i 58AC
    2F859 i 214E4
    2F85A i 58F2
    2F85B i 58F7
    2F85C i 5906
    2F85D i 591A
    2F85E i 5922
    2F85F i 5962
    2F860 i 216A8
    2F861 i 216EA
    2F862 i 59EC
    2F863 i 5A1B
    2F864 i 5A27
    2F865 i 59D8
    2F866 i 5A66
    2F867 i 36EE
    2F868 i 36FC
    2F869 i 5B08
    2F86A i 5B3E
    2F86B i 5B3E
    2F86C i 219C8
    2F86D i 5BC3
    2F86E i 5BD8
    2F86F i 5BE7
    2F870 i 5BF3
    2F871 i 21B18
    2F872 i 5BFF
    2F873 i 5C06
    2F874 i 5F53
    2F875 i 5C22
    2F876 i 3781
    2F877 i 5C60
    2F878 i 5C6E
    2F879 i 5CC0
    2F87A i 5C8D
    2F87B i 21DE4
    2F87C i 5D43
    2F87D i 21DE6
    2F87E i 5D6E
    2F87F i 5D6B
    2F880 i 5D7C
    2F881 i 5DE1
    2F882 i 5DE2
    2F883 i 382F
    2F884 i 5DFD
    2F885 i 5E28
    2F886 i 5E3D
    2F887 i 5E69
    2F888 i 3862
    2F889 i 22183
    2F88A i 387C
    2F88B i 5EB0
    2F88C i 5EB3
    2F88D i 5EB6
    2F88E i 5ECA
    2F88F i 2A392
    2F890 i 5EFE
    2F891 i 22331
    2F892 i 22331
    2F893 i 8201
    2F894 i 5F22
    2F895 i 5F22
    2F896 i 38C7
    2F897 i 232B8
    2F898 i 261DA
    2F899 i 5F62
    2F89A i 5F6B
    2F89B i 38E3
    2F89C i 5F9A
    2F89D i 5FCD
    2F89E i 5FD7
    2F89F i 5FF9
    2F8A0 i 6081
    2F8A1 i 393A
    2F8A2 i 391C
    2F8A3 i 6094
    2F8A4 i 226D4
    2F8A5 i 60C7
    2F8A6 i 6148
    2F8A7 i 614C
    2F8A8 i 614E
    2F8A9 i 614C
    2F8AA i 617A
    2F8AB i 618E
    2F8AC i 61B2
    2F8AD i 61A4
    2F8AE i 61AF
    2F8AF i 61DE
    2F8B0 i 61F2
    2F8B1 i 61F6
    2F8B2 i 6210
    2F8B3 i 621B
    2F8B4 i 625D
    2F8B5 i 62B1
    2F8B6 i 62D4
    2F8B7 i 6350
    2F8B8 i 22B0C
    2F8B9 i 633D
    2F8BA i 62FC
    2F8BB i 6368
    2F8BC i 6383
    2F8BD i 63E4
    2F8BE i 22BF1
    2F8BF i 6422
    2F8C0 i 63C5
    2F8C1 i 63A9
    2F8C2 i 3A2E
    2F8C3 i 6469
    2F8C4 i 647E
    2F8C5 i 649D
    2F8C6 i 6477
    2F8C7 i 3A6C
    2F8C8 i 654F
    2F8C9 i 656C
    2F8CA i 2300A
    2F8CB i 65E3
    2F8CC i 66F8
    2F8CD i 6649
    2F8CE i 3B19
    2F8CF i 6691
    2F8D0 i 3B08
    2F8D1 i 3AE4
    2F8D2 i 5192
    2F8D3 i 5195
    2F8D4 i 6700
    2F8D5 i 669C
    2F8D6 i 80AD
    2F8D7 i 43D9
    2F8D8 i 6717
    2F8D9 i 671B
    2F8DA i 6721
    2F8DB i 675E
    2F8DC i 6753
    2F8DD i 233C3
    2F8DE i 3B49
    2F8DF i 67FA
    2F8E0 i 6785
    2F8E1 i 6852
    2F8E2 i 6885
    2F8E3 i 2346D
    2F8E4 i 688E
    2F8E5 i 681F
    2F8E6 i 6914
    2F8E7 i 3B9D
    2F8E8 i 6942
    2F8E9 i 69A3
    2F8EA i 69EA
    2F8EB i 6AA8
    2F8EC i 236A3
    2F8ED i 6ADB
    2F8EE i 3C18
    2F8EF i 6B21
    2F8F0 i 238A7
    2F8F1 i 6B54
    2F8F2 i 3C4E
    2F8F3 i 6B72
    2F8F4 i 6B9F
    2F8F5 i 6BBA
    2F8F6 i 6BBB
    2F8F7 i 23A8D
    2F8F8 i 21D0B
    2F8F9 i 23AFA
    2F8FA i 6C4E
    2F8FB i 23CBC
    2F8FC i 6CBF
    2F8FD i 6CCD
    2F8FE i 6C67
    2F8FF i 6D16
    2F900 i 6D3E
    2F901 i 6D77
    2F902 i 6D41
    2F903 i 6D69
    2F904 i 6D78
    2F905 i 6D85
    2F906 i 23D1E
    2F907 i 6D34
    2F908 i 6E2F
    2F909 i 6E6E
    2F90A i 3D33
    2F90B i 6ECB
    2F90C i 6EC7
    2F90D i 23ED1
    2F90E i 6DF9
    2F90F i 6F6E
    2F910 i 23F5E
    2F911 i 23F8E
    2F912 i 6FC6
    2F913 i 7039
    2F914 i 701E
    2F915 i 701B
    2F916 i 3D96
    2F917 i 704A
    2F918 i 707D
    2F919 i 7077
    2F91A i 70AD
    2F91B i 20525
    2F91C i 7145
    2F91D i 24263
    2F91E i 719C
    2F91F i 243AB
    2F920 i 7228
    2F921 i 7235
    2F922 i 7250
    2F923 i 24608
    2F924 i 7280
    2F925 i 7295
    2F926 i 24735
    2F927 i 24814
    2F928 i 737A
    2F929 i 738B
    2F92A i 3EAC
    2F92B i 73A5
    2F92C i 3EB8
    2F92D i 3EB8
    2F92E i 7447
    2F92F i 745C
    2F930 i 7471
    2F931 i 7485
    2F932 i 74CA
    2F933 i 3F1B
    2F934 i 7524
    2F935 i 24C36
    2F936 i 753E
    2F937 i 24C92
    2F938 i 7570
    2F939 i 2219F
    2F93A i 7610
    2F93B i 24FA1
    2F93C i 24FB8
    2F93D i 25044
    2F93E i 3FFC
    2F93F i 4008
    2F940 i 76F4
    2F941 i 250F3
    2F942 i 250F2
    2F943 i 25119
    2F944 i 25133
    2F945 i 771E
    2F946 i 771F
    2F947 i 771F
    2F948 i 774A
    2F949 i 4039
    2F94A i 778B
    2F94B i 4046
    2F94C i 4096
    2F94D i 2541D
    2F94E i 784E
    2F94F i 788C
    2F950 i 78CC
    2F951 i 40E3
    2F952 i 25626
    2F953 i 7956
    2F954 i 2569A
    2F955 i 256C5
    2F956 i 798F
    2F957 i 79EB
    2F958 i 412F
    2F959 i 7A40
    2F95A i 7A4A
    2F95B i 7A4F
    2F95C i 2597C
    2F95D i 25AA7
    2F95E i 25AA7
    2F95F i 7AEE
    2F960 i 4202
    2F961 i 25BAB
    2F962 i 7BC6
    2F963 i 7BC9
    2F964 i 4227
    2F965 i 25C80
    2F966 i 7CD2
    2F967 i 42A0
    2F968 i 7CE8
    2F969 i 7CE3
    2F96A i 7D00
    2F96B i 25F86
    2F96C i 7D63
    2F96D i 4301
    2F96E i 7DC7
    2F96F i 7E02
    2F970 i 7E45
    2F971 i 4334
    2F972 i 26228
    2F973 i 26247
    2F974 i 4359
    2F975 i 262D9
    2F976 i 7F7A
    2F977 i 2633E
    2F978 i 7F95
    2F979 i 7FFA
    2F97A i 8005
    2F97B i 264DA
    2F97C i 26523
    2F97D i 8060
    2F97E i 265A8
    2F97F i 8070
    2F980 i 2335F
    2F981 i 43D5
    2F982 i 80B2
    2F983 i 8103
    2F984 i 440B
    2F985 i 813E
    2F986 i 5AB5
    2F987 i 267A7
    2F988 i 267B5
    2F989 i 23393
    2F98A i 2339C
    2F98B i 8201
    2F98C i 8204
    2F98D i 8F9E
    2F98E i 446B
    2F98F i 8291
    2F990 i 828B
    2F991 i 829D
    2F992 i 52B3
    2F993 i 82B1
    2F994 i 82B3
    2F995 i 82BD
    2F996 i 82E6
    2F997 i 26B3C
    2F998 i 82E5
    2F999 i 831D
    2F99A i 8363
    2F99B i 83AD
    2F99C i 8323
    2F99D i 83BD
    2F99E i 83E7
    2F99F i 8457
    2F9A0 i 8353
    2F9A1 i 83CA
    2F9A2 i 83CC
    2F9A3 i 83DC
    2F9A4 i 26C36
    2F9A5 i 26D6B
    2F9A6 i 26CD5
    2F9A7 i 452B
    2F9A8 i 84F1
    2F9A9 i 84F3
    2F9AA i 8516
    2F9AB i 273CA
    2F9AC i 8564
    2F9AD i 26F2C
    2F9AE i 455D
    2F9AF i 4561
    2F9B0 i 26FB1
    2F9B1 i 270D2
    2F9B2 i 456B
    2F9B3 i 8650
    2F9B4 i 865C
    2F9B5 i 8667
    2F9B6 i 8669
    2F9B7 i 86A9
    2F9B8 i 8688
    2F9B9 i 870E
    2F9BA i 86E2
    2F9BB i 8779
    2F9BC i 8728
    2F9BD i 876B
    2F9BE i 8786
    2F9BF i 45D7
    2F9C0 i 87E1
    2F9C1 i 8801
    2F9C2 i 45F9
    2F9C3 i 8860
    2F9C4 i 8863
    2F9C5 i 27667
    2F9C6 i 88D7
    2F9C7 i 88DE
    2F9C8 i 4635
    2F9C9 i 88FA
    2F9CA i 34BB
    2F9CB i 278AE
    2F9CC i 27966
    2F9CD i 46BE
    2F9CE i 46C7
    2F9CF i 8AA0
    2F9D0 i 8AED
    2F9D1 i 8B8A
    2F9D2 i 8C55
    2F9D3 i 27CA8
    2F9D4 i 8CAB
    2F9D5 i 8CC1
    2F9D6 i 8D1B
    2F9D7 i 8D77
    2F9D8 i 27F2F
    2F9D9 i 20804
    2F9DA i 8DCB
    2F9DB i 8DBC
    2F9DC i 8DF0
    2F9DD i 208DE
    2F9DE i 8ED4
    2F9DF i 8F38
    2F9E0 i 285D2
    2F9E1 i 285ED
    2F9E2 i 9094
    2F9E3 i 90F1
    2F9E4 i 9111
    2F9E5 i 2872E
    2F9E6 i 911B
    2F9E7 i 9238
    2F9E8 i 92D7
    2F9E9 i 92D8
    2F9EA i 927C
    2F9EB i 93F9
    2F9EC i 9415
    2F9ED i 28BFA
    2F9EE i 958B
    2F9EF i 4995
    2F9F0 i 95B7
    2F9F1 i 28D77
    2F9F2 i 49E6
    2F9F3 i 96C3
    2F9F4 i 5DB2
    2F9F5 i 9723
    2F9F6 i 29145
    2F9F7 i 2921A
    2F9F8 i 4A6E
    2F9F9 i 4A76
    2F9FA i 97E0
    2F9FB i 2940A
    2F9FC i 4AB2
    2F9FD i 29496
    2F9FE i 980B
    2F9FF i 980B
    2FA00 i 9829
    2FA01 i 295B6
    2FA02 i 98E2
    2FA03 i 4B33
    2FA04 i 9929
    2FA05 i 99A7
    2FA06 i 99C2
    2FA07 i 99FE
    2FA08 i 4BCE
    2FA09 i 29B30
    2FA0A i 9B12
    2FA0B i 9C40
    2FA0C i 9CFD
    2FA0D i 4CCE
    2FA0E i 4CED
    2FA0F i 9D67
    2FA10 i 2A0CE
    2FA11 i 4CF8
    2FA12 i 2A105
    2FA13 i 2A20E
    2FA14 i 2A291
    2FA15 i 9EBB
    2FA16 i 4D56
    2FA17 i 9EF9
    2FA18 i 9EFE
    2FA19 i 9F05
    2FA1A i 9F0F
    2FA1B i 9F16
    2FA1C i 9F3B
    2FA1D i 2A600
    2FA1E-2FA1F i
    E0001 x
    E0020-E007F x
    E0100-E01EF x
    F0000-FFFFD x
    100000-10FFFD x
    """
