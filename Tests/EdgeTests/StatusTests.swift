import HTTPTypes
import JSONText
import Pipeline
import Testing
import TierDoubles
import TocsinCore

@testable import Edge
@testable import ServiceKit

@Suite("What the edge says of its tiers and models")
struct StatusTests {
    private func answer(_ bench: EdgeBench, _ path: String) async throws -> JSONValue {
        try JSONValue(parsing: Array(try await bench.answer(.get, path).text.utf8))
    }

    @Test("a tier in this process says what its queue holds; one without a queue says nothing of it")
    func queueOfThisProcess() async throws {
        let status = try await answer(EdgeBench(), "/v1/status")
        guard case .array(let tiers)? = status["tiers"] else {
            throw TierError.failed(tier: "edge", reason: "no tiers")
        }
        let embedding = try #require(tiers.first { $0["tier"] == .string(Array("embedding".utf8)) })
        #expect(embedding["queue"]?["waiting_items"] == .number(7) && embedding["queue"]?["calls"] == .number(2))
        #expect(embedding["connections"] == .array([]))
        #expect(tiers.count { $0["queue"] != nil } == 1)
    }

    @Test("of a tier with replicas each says what its own queue holds, and one that does not answer nothing")
    func queuesOfReplicas() async throws {
        let (first, second) = (
            Replicas.Address(host: "10.0.0.1", port: 50), Replicas.Address(host: "10.0.0.2", port: 50)
        )
        let bench = EdgeBench(replicas: [
            "embedding": {
                [
                    ReplicaReport(
                        status: ReplicaStatus(address: first, callsUnderWay: 3, isLeftAlone: false),
                        queue: TierQueue(waitingItems: 120, calls: 4)),
                    ReplicaReport(
                        status: ReplicaStatus(address: second, callsUnderWay: 0, isLeftAlone: true), queue: nil),
                ]
            }
        ])
        let text = try await bench.answer(.get, "/v1/status").text
        #expect(
            text.contains(
                #""replicas":["10.0.0.1:50","10.0.0.2:50"],"connections":["#
                    + #"{"replica":"10.0.0.1:50","available":true,"calls_under_way":3,"#
                    + #""queue":{"waiting_items":120,"calls":4}},"#
                    + #"{"replica":"10.0.0.2:50","available":false,"calls_under_way":0}]"#))
        #expect(text.split(separator: #""queue""#).count == 2)
    }

    @Test("a model's measured figures are given by protocol, and no figures where there are none")
    func evaluation() async throws {
        let quality = ModelQuality(
            macroF1: 0.5, macroF1Interval: 0.25...0.75, accuracy: 0.875, calibrationError: 0.125,
            confusion: AnomalyClass.allCases.map { row in AnomalyClass.allCases.map { row == $0 ? 2 : 0 } },
            reliability: [.init(confidence: 0.75, accuracy: 0.5, count: 14)])
        func model(_ name: String, _ evaluation: [String: ModelQuality]) -> ModelInfo {
            ModelInfo(
                name: name, algorithm: "XGBoost", version: "1", sha256: "m", isActive: name == "ml",
                details: ModelDetails(trainingSamples: 5, macroF1: 0.5, files: [], evaluation: evaluation))
        }
        let models = [model("ml", ["T": quality, "S": quality]), model("words", [:])]
        let text = try await EdgeBench(classifier: RecordingClassifier(models: models)).answer(.get, "/v1/models").text
        let figures =
            #"{"macro_f1":0.5,"macro_f1_interval":[0.25,0.75],"accuracy":0.875,"calibration_error":0.125,"templates":14,"#
            + #""confusion":[[2,0,0,0,0,0,0],[0,2,0,0,0,0,0],[0,0,2,0,0,0,0],[0,0,0,2,0,0,0],[0,0,0,0,2,0,0],"#
            + #"[0,0,0,0,0,2,0],[0,0,0,0,0,0,2]],"reliability":[{"confidence":0.75,"accuracy":0.5,"count":14}]}"#
        #expect(text.contains(#""macro_f1":0.5,"evaluation":{"S":\#(figures),"T":\#(figures)}}"#))
        #expect(text.hasSuffix(#""training_samples":5,"macro_f1":0.5}]}"#))
    }
}
