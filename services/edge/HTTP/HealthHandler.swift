internal import Foundation
internal import Hummingbird
internal import JSONText
internal import Pipeline
internal import ServiceKit
internal import TocsinCore

/// Whether the tiers answer, in the documented words of `GET /health` and in those of `GET /readyz`.
struct HealthHandler: Sendable {
    let tiers: Tiers
    /// How long a tier may take to answer before it counts as away.
    let patience: Duration
    let now: @Sendable () -> Date

    /// The documented shape, which tiers that are away are added to.
    func health() async -> Response {
        let status = await TierStatus(of: tiers, patience: patience)
        var json = JSONWriter()
        json.object { json in
            json.member("status", status.problem == nil ? "healthy" : "unhealthy")
            json.member("timestamp", DocumentedTime(date: now()).seconds)
            json.object("models_loaded") { json in
                for (name, model) in Self.documentedModels { json.member(name, status.models.contains(model)) }
            }
            if let problem = status.problem {
                json.member("error", problem.detail)
                json.array("tiers_unavailable") { json in for tier in status.away { json.string(tier) } }
            }
        }
        return response(json, to: status)
    }

    /// Whether requests should be sent here: 200, or a problem that names the tier that is away.
    func readiness() async throws -> Response {
        let status = await TierStatus(of: tiers, patience: patience)
        if let problem = status.problem { throw problem }
        var json = JSONWriter()
        json.object { $0.member("status", "ready") }
        return Response(json: json)
    }

    private func response(_ json: JSONWriter, to status: TierStatus) -> Response {
        var response = Response(status: status.problem?.code.status ?? .ok, json: json)
        if let seconds = status.problem?.retryAfter { response.headers[.retryAfter] = String(seconds) }
        return response
    }

    private static let documentedModels = [
        ("ml", "ml"), ("dann_bert", "dann"), ("lora_bert", "lora"), ("hybrid_bert", "hybrid"),
    ]
}

/// What the three tiers answered when they were asked.
struct TierStatus: Sendable {
    /// The models that the classifier has loaded.
    private(set) var models: Set<String> = []
    /// The tiers that did not answer, upstream first.
    private(set) var away: [String] = []
    /// Why the first of them did not.
    private(set) var problem: Problem?

    init(of tiers: Tiers, patience: Duration) async {
        let call = CallContext(
            requestID: CallContext.current?.requestID ?? RequestID.random(), deadline: .now + patience)
        await CallContext.$current.withValue(call) {
            async let parser = Self.ask("parser") { try await tiers.parsing.info() }
            async let embedding = Self.ask("embedding") { try await tiers.embedding.info() }
            async let classifier = Self.ask("classifier") { try await tiers.classifying.info() }
            for (tier, answer) in await [parser, embedding, classifier] {
                switch answer {
                case .success(let info):
                    if tier == "classifier" { models = Set(info.models.map(\.name)) }
                case .failure(let reason):
                    away.append(tier)
                    problem = problem ?? reason
                }
            }
        }
    }

    private static func ask(
        _ tier: String, _ info: () async throws -> TierInfo
    ) async -> (tier: String, answer: Result<TierInfo, Problem>) {
        do { return (tier, .success(try await info())) } catch let error as TierError {
            // Whatever it is: a tier that does not say what it is cannot be counted on.
            return (tier, .failure(Problem(.tierUnavailable, error.description, tier: tier)))
        } catch {
            return (tier, .failure(Problem(.tierUnavailable, "the \(tier) tier did not answer: \(error)", tier: tier)))
        }
    }
}
