internal import ProgramStart

// Starts as every program that multiplies matrices does, and prints the kernels that it ends up with; for a test.
let core = ProgramStart.chooseOpenBLASCore { print("report: \($0)") }
print("core: \(core) with \(CommandLine.arguments.dropFirst().joined(separator: " "))")
