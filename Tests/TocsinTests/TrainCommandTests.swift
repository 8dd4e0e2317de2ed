import Testing

@Suite struct TrainCommandTests {
    @Test(
        "options of training that cannot be meant are refused with what is expected",
        arguments: [
            (["--search=-1"], "--search is -1, expected 0 or more draws"),
            (["--trees", "10"], "--trees is of a random forest"),
            (["--algorithm", "random-forest", "--trees", "0"], "--trees is 0, expected 1 or more"),
            (["--algorithm", "adaboost"], "random-forest"),
        ])
    func refused(arguments: [String], reason: String) throws {
        let outcome = try CommandLineTool.run(["train", "ml"] + arguments)
        #expect(outcome.status == 64)
        #expect(outcome.error.contains(reason))
    }
}
