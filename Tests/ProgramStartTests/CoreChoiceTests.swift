import MatrixMath
import Testing

@testable import ProgramStart

@Suite("The choice to start anew")
struct CoreChoiceTests {
    @Test("good kernels let the program go on")
    func proceed() {
        #expect(CoreChoice(loaded: "Zen", features: [.avx2, .fma], requested: nil) == .proceed)
        #expect(CoreChoice(loaded: "Prescott", features: [], requested: "Prescott") == .proceed)
    }

    @Test("slow kernels ask for a new start, also where they were asked for")
    func restart() {
        #expect(CoreChoice(loaded: "Prescott", features: [.avx2, .fma], requested: nil) == .restart(.haswell))
        #expect(CoreChoice(loaded: "Prescott", features: [.avx2, .fma], requested: "Prescott") == .restart(.haswell))
    }

    @Test("a program that was started anew in vain does not start anew for ever")
    func stuck() {
        let choice = CoreChoice(loaded: "Prescott", features: [.avx2, .fma], requested: "HASWELL")
        #expect(choice == .stuck(wanted: .haswell))
    }
}
