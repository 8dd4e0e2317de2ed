import GRPCCore
import Testing
import WireMessages

@testable import ServiceKit

@Suite("Reflection")
struct ReflectionServiceTests {
    @Test("both versions list the services that the server has, and describe them", arguments: WireMethod.reflection)
    func describes(method: WireMethod<ReflectionRequest, ReflectionResponse>) async throws {
        let answers = try await ask(
            method,
            [.services, .fileContaining(symbol: WireService.embedding), .file(name: "tocsin/common/v1/common.proto")])
        #expect(answers.first == .services([WireService.health, WireService.embedding]))
        guard case .files(let files) = answers[1], case .files(let common) = answers[2] else {
            Issue.record("expected files, found \(answers)")
            return
        }
        // The file that declares the service comes with what it imports.
        #expect(files.first == DescriptorSet.tocsin.file(containing: WireService.embedding)?.bytes)
        #expect(files.count == 2)
        #expect(common == [files[1]])
    }

    @Test("what is not there is NOT_FOUND and ends nothing")
    func notFound() async throws {
        let answers = try await ask(
            WireMethod.reflection[0],
            [
                .fileContaining(symbol: "no.such.Symbol"), .file(name: "no/such.proto"),
                .fileExtending(type: "tocsin.embedding.v1.EmbedRequest", number: 7),
                .extensionNumbers(ofType: "tocsin.embedding.v1.EmbedRequest"),
                .extensionNumbers(ofType: "no.such.Message"), nil, .services,
            ])
        let codes: [Int32?] = answers.map { if case .error(let code, _) = $0 { code } else { nil } }
        #expect(codes == [5, 5, 5, nil, 5, 3, nil])
    }

    private func ask(
        _ method: WireMethod<ReflectionRequest, ReflectionResponse>, _ questions: [ReflectionRequest.Question?]
    ) async throws -> [ReflectionResponse.Answer] {
        try await TestServer.run { server in
            try await server.withClient { client in
                try await client.stream(method) { writer in
                    for question in questions { try await writer.write(ReflectionRequest(question)) }
                } responses: { answers in
                    try await answers.reduce(into: []) { $0.append($1.answer) }
                }
            }
        }
    }
}
