import Testing
import TocsinCore
import WireMessages

/// What the contract rules out, sent as bytes that protobuf itself finds nothing wrong with.
@Suite("a message at odds with its contract")
struct ContractTests {
    struct Violation: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var field: String
        var found: String
        var decode: @Sendable () throws(WireError) -> Void

        init<Message: WireMessage>(_ name: String, _: Message.Type, _ bytes: [UInt8], _ field: String, _ found: String)
        {
            testDescription = name
            self.field = field
            self.found = found
            decode = { () throws(WireError) in _ = try Message(decoding: bytes) }
        }
    }

    @Test(
        "is refused with the field, what was found and what was expected",
        arguments: [
            Violation(
                "lengths beyond the data", ParseBatch.self,
                WireBytes.bytes(1, WireBytes.lineBlock(data: [1, 2, 3], lengths: [2, 2])),
                "lines.lengths", "2 lengths of 4 bytes together"),
            Violation(
                "lengths short of the data", ParseBatch.self,
                WireBytes.bytes(1, WireBytes.lineBlock(data: [1, 2, 3], lengths: [2])),
                "lines.lengths", "1 lengths of 2 bytes together"),
            Violation(
                "lengths whose sum overflows 32 bits", ParseBatch.self,
                WireBytes.bytes(1, WireBytes.lineBlock(data: [1], lengths: [0xFFFF_FFFF, 2])),
                "lines.lengths", "2 lengths of 4294967297 bytes together"),
            Violation(
                "a forced log type with a NUL", ParseBatch.self, WireBytes.text(2, "Li\0nux"),
                "forced_log_type", "text with a NUL"),
            Violation(
                "a forced log type of broken UTF-8", ParseBatch.self, WireBytes.bytes(2, [0x4C, 0xFF]),
                "forced_log_type", "broken UTF-8"),
            Violation(
                "an encoder variant that is none", EmbedBatch.self, WireBytes.text(2, "bert"),
                "variant", "'bert'"),
            Violation(
                "a precision that is none", EmbedBatch.self, WireBytes.text(4, "fp16"),
                "precision", "'fp16'"),
            Violation(
                "texts and tokens at once", EmbedBatch.self, WireBytes.bytes(1, []) + WireBytes.bytes(3, []),
                "tokens", "beside texts"),
            Violation(
                "token ids that are cut", EmbedBatch.self, WireBytes.bytes(3, WireBytes.bytes(1, [1, 0, 0])),
                "tokens.ids", "3 bytes"),
            Violation(
                "lengths beyond the token ids", EmbedBatch.self,
                WireBytes.bytes(3, WireBytes.bytes(1, [1, 0, 0, 0]) + WireBytes.bytes(2, [2])),
                "tokens.lengths", "1 lengths of 2 tokens together"),
            Violation(
                "attributions of nothing", AttributeBatch.self, [], "directions", "absent"),
            Violation(
                "directions and classes at once", AttributeBatch.self,
                WireBytes.bytes(3, []) + WireBytes.bytes(4, []), "classes", "beside directions"),
            Violation(
                "a class without a text", AttributeBatch.self,
                WireBytes.bytes(4, WireBytes.bytes(1, [3])), "classes.class_indices", "1 rows"),
            Violation(
                "attributions for a variant that is none", AttributeBatch.self,
                WireBytes.text(2, "bert") + WireBytes.bytes(4, []), "variant", "'bert'"),
            Violation(
                "a token without a value", AttributedBatch.self, WireBytes.bytes(1, WireBytes.text(1, "disk")),
                "texts[0].values", "0 rows"),
            Violation(
                "vectors without a dimension", EmbeddedBatch.self,
                WireBytes.bytes(1, WireBytes.bytes(2, [0, 0, 0, 0])), "vectors.dimension", "0"),
            Violation(
                "a vector that is cut", EmbeddedBatch.self,
                WireBytes.bytes(1, WireBytes.vectorBlock(dimension: 3, values: [1, 2, 3, 4])),
                "vectors.values", "16 bytes"),
            Violation("no vectors at all", EmbeddedBatch.self, [], "vectors", "absent"),
            Violation(
                "fewer token counts than vectors", EmbeddedBatch.self,
                WireBytes.bytes(1, WireBytes.vectorBlock(dimension: 2, values: [1, 2, 3, 4]))
                    + WireBytes.bytes(2, [7]), "token_counts", "1 rows"),
            Violation(
                "a failure of an item that is not there", EmbeddedBatch.self,
                WireBytes.bytes(1, WireBytes.vectorBlock(dimension: 1, values: [0])) + WireBytes.bytes(2, [7])
                    + WireBytes.bytes(3, WireBytes.number(1, 1)), "failures", "index 1"),
            Violation(
                "two failures of one item", EmbeddedBatch.self,
                WireBytes.bytes(1, WireBytes.vectorBlock(dimension: 1, values: [0])) + WireBytes.bytes(2, [7])
                    + WireBytes.bytes(3, []) + WireBytes.bytes(3, []), "failures", "index 0 twice"),
            Violation(
                "more vectors than features", ClassifyBatch.self,
                WireBytes.bytes(1, WireBytes.vectorBlock(dimension: 1, values: [0, 0]))
                    + WireBytes.bytes(2, WireBytes.vectorBlock(dimension: 1, values: [0]))
                    + WireBytes.bytes(7, []), "vectors", "2 rows"),
            Violation(
                "verdicts of eight classes", ClassifiedBatch.self,
                WireBytes.bytes(1, WireBytes.vectorBlock(dimension: 8, values: [])), "probabilities.dimension", "8"),
            Violation(
                "a probability that is no number", ClassifiedBatch.self,
                WireBytes.bytes(1, WireBytes.vectorBlock(dimension: 7, values: [.nan, 0, 0, 0, 0, 0, 0]))
                    + WireBytes.bytes(2, [0]), "probabilities[0]", "[nan, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]"),
            Violation("explanations of nothing", ExplainBatch.self, [], "rows", "absent"),
            Violation(
                "a class for a row that is not there", ExplainBatch.self,
                WireBytes.bytes(1, WireBytes.emptyRows) + WireBytes.bytes(2, [3]), "class_indices", "1 rows"),
            Violation(
                "an eighth class", ExplainBatch.self,
                WireBytes.bytes(1, WireBytes.emptyRows) + WireBytes.bytes(2, [7]), "class_indices[0]", "7"),
            Violation(
                "an explanation without probabilities", ExplainedBatch.self, WireBytes.bytes(1, []),
                "rows[0].probabilities", "[]"),
            Violation(
                "a parsed line without its columns", ParsedBatch.self, WireBytes.bytes(1, []),
                "features", "absent"),
            Violation(
                "a template id of three bytes", ParsedBatch.self,
                WireBytes.bytes(1, WireBytes.bytes(12, WireBytes.bytes(1, [1, 2, 3])))
                    + WireBytes.bytes(3, WireBytes.vectorBlock(dimension: 1, values: [0]))
                    + WireBytes.bytes(4, WireBytes.bytes(2, [0])) + WireBytes.bytes(5, WireBytes.bytes(2, [0])),
                "lines[0].template.id", "3 bytes"),
            Violation(
                "a limit beyond every integer", TierInfo.self,
                WireBytes.bytes(3, WireBytes.number(1, .max)), "limits.max_batch_items", "18446744073709551615"),
            Violation(
                "a confusion matrix of two numbers", TierInfo.self,
                WireBytes.bytes(3, [])
                    + WireBytes.bytes(5, WireBytes.bytes(6, WireBytes.bytes(4, WireBytes.bytes(7, [8, 1])))),
                "models[0].details.evaluation[0].confusion", "rows of [2]"),
            Violation(
                "an interval whose end is no number", TierInfo.self,
                WireBytes.bytes(3, [])
                    + WireBytes.bytes(
                        5,
                        WireBytes.bytes(
                            6, WireBytes.bytes(4, WireBytes.varint(4 << 3 | 1) + [0, 0, 0, 0, 0, 0, 0xF8, 0x7F]))),
                "models[0].details.evaluation[0].macro_f1_interval", "0.0 to nan"),
        ])
    func violation(_ violation: Violation) {
        let error = #expect(throws: WireError.self) { try violation.decode() }
        guard case .invalid(let field, let found, let expected) = error?.reason else {
            Issue.record("\(String(describing: error)) names no field")
            return
        }
        #expect(field == violation.field)
        #expect(found == violation.found)
        #expect(error?.description.contains("\(field) is \(found); expected \(expected)") == true)
    }

    @Test("is not encoded either")
    func encoding() throws {
        var batch = ClassifyBatch(
            vectors: VectorBlock(dimension: 1), features: VectorBlock(dimension: 1), modelTexts: [],
            modelTemplates: [], logTypes: ["Linux"],
            featureSchema: FeatureSchema(version: 1, templateTreeSHA256: ""), encoderSHA256s: [""])
        #expect(throws: WireError.self) { try batch.encoded() }
        batch.logTypes = []
        #expect(try ClassifyBatch(decoding: batch.encoded()) == batch)
        batch.model = "m\0l"
        let error = #expect(throws: WireError.self) { try batch.encoded() }
        #expect(error?.byteCount == nil)
        #expect(
            error?.description
                == "tocsin.classifier.v1.ClassifyRequest: model is text with a NUL; expected text without")
    }

    @Test("a batch without lines is valid, and absent means empty")
    func emptyMessage() throws {
        #expect(try ParseBatch(decoding: []) == ParseBatch(lines: LineBlock()))
        #expect(try EmbedBatch(decoding: []) == EmbedBatch(texts: LineBlock(), variant: .base))
    }

    @Test("NaN travels in vectors and features: the tier refuses the row, not the wire the batch")
    func notANumber() throws {
        let row = try #require(VectorBlock(dimension: 2, values: [.nan, 1]))
        let batch = EmbeddedBatch(vectors: row, tokenCounts: [3], encoderSHA256: "")
        let decoded = try EmbeddedBatch(decoding: batch.encoded())
        #expect(decoded.vectors.values[0].isNaN)
        #expect(decoded.vectors.values[1] == 1)
    }

    @Test("a field of a later contract is passed over")
    func unknownField() throws {
        let bytes = WireBytes.text(2, "Linux") + WireBytes.text(99, "later") + WireBytes.number(100, 7)
        #expect(try ParseBatch(decoding: bytes).forcedLogType == "Linux")
    }

    @Test("a NUL in a message for people does not fail the batch")
    func proseWithNUL() throws {
        let failed: [ItemResult<Prediction>] = [.failure(ItemFailure(.invalidArgument, "line has \0 in it"))]
        let model = ModelInfo(name: "ml", algorithm: "", version: "", sha256: "", isActive: true)
        let decoded = try ClassifiedBatch(decoding: ClassifiedBatch(predictions: failed, model: model).encoded())
        #expect(decoded.predictions == [.failure(ItemFailure(.invalidArgument, "line has \u{FFFD} in it"))])
    }
}
