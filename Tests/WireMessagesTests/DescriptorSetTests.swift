import Testing
import TocsinCore

@testable import WireMessages

@Suite("the compiled-in contracts")
struct DescriptorSetTests {
    let contracts = DescriptorSet.tocsin

    @Test("list every service")
    func services() {
        let expected: Set = [
            WireService.parser, WireService.embedding, WireService.classifier, WireService.analyzer,
            WireService.health, WireService.reflection[0], WireService.reflection[1],
        ]
        #expect(Set(contracts.services) == expected)
        #expect(contracts.services.count == expected.count)
    }

    @Test(
        "find the file of a symbol of every kind",
        arguments: [
            ("tocsin.parser.v1.Parser", "tocsin/parser/v1/parser.proto"),
            ("tocsin.parser.v1.Parser.ParseStream", "tocsin/parser/v1/parser.proto"),
            ("tocsin.parser.v1.ParsedLine", "tocsin/parser/v1/parser.proto"),
            ("tocsin.parser.v1.ParsedLine.content", "tocsin/parser/v1/parser.proto"),
            ("tocsin.common.v1.ItemFailure.Code", "tocsin/common/v1/common.proto"),
            ("tocsin.common.v1.ItemFailure.LIMIT_EXCEEDED", "tocsin/common/v1/common.proto"),
            ("grpc.health.v1.HealthCheckResponse.ServingStatus", "grpc/health/v1/health.proto"),
            ("grpc.reflection.v1alpha.ServerReflection", "grpc/reflection/v1alpha/reflection.proto"),
        ])
    func symbols(symbol: String, file: String) {
        #expect(contracts.file(containing: symbol)?.name == file)
    }

    @Test("know no symbol or file that is not there")
    func absent() {
        #expect(contracts.file(containing: "tocsin.parser.v1.Nothing") == nil)
        #expect(contracts.file(containing: "tocsin.parser.v1") == nil)
        #expect(contracts.file(named: "parser.proto") == nil)
    }

    @Test("hand out a file with all that it imports")
    func closure() throws {
        let file = try #require(contracts.file(containing: WireService.parser))
        #expect(
            contracts.closure(of: file).map(\.name)
                == ["tocsin/parser/v1/parser.proto", "tocsin/common/v1/common.proto"])
        #expect(!file.bytes.isEmpty)
    }

    @Test("have every method that the services are called by")
    func methods() {
        let methods =
            [
                name(.parse), name(.parseStream), name(.embed), name(.embedStream), name(.classify),
                name(.classifyStream), name(.check), name(.watch), name(.info(of: WireService.parser)),
                name(.info(of: WireService.embedding)), name(.info(of: WireService.classifier)),
                name(.info(of: WireService.analyzer)),
            ] + WireMethod.reflection.map(name)
        for method in methods { #expect(contracts.file(containing: method) != nil, "\(method)") }
    }

    private func name<Request, Response>(_ method: WireMethod<Request, Response>) -> String {
        "\(method.service).\(method.name)"
    }

    @Test("are refused when damaged")
    func damage() throws {
        let error = #expect(throws: WireError.self) { try DescriptorSet([0x0A, 0x7F, 0x0A]) }
        #expect(error?.reason == .malformed(offset: 0, "field 1 has 127 bytes, 1 are left"))
    }
}
