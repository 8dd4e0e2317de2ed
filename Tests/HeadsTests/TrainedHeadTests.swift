import Foundation
import Testing

@testable import Heads

@Suite struct TrainedHeadTests {
    private static let head: TrainedHead = {
        let shape = DenseShape(widths: [5, 3, 2])
        return TrainedHead(
            head: DenseHead(shape, parameters: (0..<shape.parameterCount).map { Float(sin(Double($0))) }),
            features: [ScaledFeature(name: "template_length", values: [0, 10, 100])])
    }()

    @Test("a head is read back as it was written")
    func file() throws {
        #expect(try TrainedHead(json: Self.head.json()) == Self.head)
        #expect(Self.head.embeddingWidth == 4)
    }

    @Test("scaled features have no mean and a spread of one")
    func scaling() {
        let values: [Float] = [1, 5, 30, 200, 1_000]
        let feature = ScaledFeature(name: "template_length", values: values)
        let scaled = values.map(feature.scaled)
        #expect(abs(scaled.reduce(0, +)) < 1e-4)
        #expect(abs(scaled.reduce(0) { $0 + $1 * $1 } / 5 - 1) < 1e-4)
        // A feature that never changes is no reason to divide by nothing.
        #expect(ScaledFeature(name: "template_length", values: [3, 3]).scaled(3) == 0)
    }

    @Test(
        "what is no head is refused",
        arguments: [
            "", "{}", #"{"features":[],"layers":[]}"#, #"{"features":[],"layers":[{"bias":[],"weight":[]}]}"#,
            #"{"features":[],"layers":[{"bias":[1,2],"weight":[[1,2]]}]}"#,
            #"{"features":[],"layers":[{"bias":[1,2],"weight":[[1,2],[3]]}]}"#,
            #"{"features":[],"layers":[{"bias":[1],"weight":[[1,2]]},{"bias":[1],"weight":[[1,2]]}]}"#,
            #"{"features":[{"name":"x","mean":0,"deviation":1}],"layers":[{"bias":[1],"weight":[[1]]}]}"#,
            #"{"features":[{"name":"x","mean":0,"deviation":0}],"layers":[{"bias":[1],"weight":[[1,2]]}]}"#,
        ])
    func hostile(text: String) {
        #expect(throws: HeadError.self) { try TrainedHead(json: Array(text.utf8)) }
    }
}
