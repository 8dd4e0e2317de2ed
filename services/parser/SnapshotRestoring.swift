import Drain
import Foundation
import Logging

extension DrainTree {
    /// The tree whose snapshot lies at `path`; an empty one where there is none.
    ///
    /// A snapshot that is damaged, or of a later version, is set aside under a name of its own and said aloud: the tree
    /// names groups for people and no verdict depends on it, so that a parser without it is worth more than none. The
    /// old replica name is taken up again only where the snapshot was the last word: after a crash, other replicas may
    /// have heard of messages that the snapshot does not count.
    ///
    /// - Throws: `SnapshotFileError` where the file cannot be read or set aside: nor could it be written.
    init(
        snapshotAt path: String, configuration: DrainConfiguration, metrics: SnapshotMetrics, logger: Logger
    ) throws(SnapshotFileError) {
        guard let bytes = try SnapshotFile.read(path) else {
            self.init(configuration: configuration, replica: ReplicaName.random())
            return
        }
        do {
            let snapshot = try TemplateSnapshot(decoding: bytes)
            self.init(
                restoring: snapshot.state, configuration: configuration,
                replica: snapshot.isFinal ? snapshot.replica : ReplicaName.random())
            logger.notice(
                "restored the templates", metadata: ["path": "\(path)", "templates": "\(count)"])
        } catch {
            let aside = try SnapshotFile.setAside(path, at: Date())
            metrics.wasSetAside()
            logger.error(
                "the snapshot of the templates cannot be used: it was set aside and the tree starts empty",
                error: error,
                metadata: ["path": "\(path)", "set_aside": "\(aside)"])
            self.init(configuration: configuration, replica: ReplicaName.random())
        }
    }
}
