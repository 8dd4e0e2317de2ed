#pragma once
/* mallopt is glibc's own and no part of Swift's Glibc module. */
#include <malloc.h>
