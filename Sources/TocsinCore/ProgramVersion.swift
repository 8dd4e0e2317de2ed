/// The version of all programs of the project, which are built and released as one.
public enum ProgramVersion {
    public static let current = "0.1.0"
}
