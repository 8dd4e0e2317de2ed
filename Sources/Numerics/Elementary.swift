/// Eight floats, which every x86-64 and ARM machine adds and multiplies in two instructions or one.
typealias Lanes = SIMD8<Float>

extension Lanes {
    @inline(__always)
    static func load(_ pointer: UnsafePointer<Float>) -> Lanes {
        UnsafeRawPointer(pointer).loadUnaligned(as: Lanes.self)
    }

    @inline(__always)
    func store(_ pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: Lanes.self)
    }

    /// `eˣ` with a relative error below 2⁻²²; arguments below -87 give about 1e-38, above 88 about 2e38.
    ///
    /// `x = n·ln 2 + r`: a polynomial for `eʳ`, and `2ⁿ` by writing the exponent's bits (Cephes `expf`).
    @inline(__always)
    var exponential: Lanes {
        var x = self
        x.replace(with: Lanes(repeating: -87), where: x .< -87)
        x.replace(with: Lanes(repeating: 88), where: x .> 88)
        let rounder: Float = 12_582_912  // 1.5 · 2²³: adding it leaves the nearest integer in the low bits
        let shifted = x * 1.442_695_04 + rounder
        let n = shifted - rounder
        let r = x - n * 0.693_359_375 + n * 2.121_944_4e-4
        var p = r * 1.987_569_15e-4 + 1.398_199_95e-3
        p = p * r + 8.333_451_9e-3
        p = p * r + 4.166_579_6e-2
        p = p * r + 1.666_666_55e-1
        p = p * r + 5.000_000_1e-1
        p = p * r * r + r + 1
        let exponents = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &<< 23
        return unsafeBitCast(unsafeBitCast(p, to: SIMD8<Int32>.self) &+ exponents, to: Lanes.self)
    }

    /// The error function, with an absolute error below 5e-7.
    ///
    /// A rational function of `x²` on [-4, 4], beyond which the result is ±1 in single precision (the coefficients of
    /// Eigen's `erf`, by least squares).
    @inline(__always)
    var errorFunction: Lanes {
        var x = self
        x.replace(with: Lanes(repeating: -4), where: x .< -4)
        x.replace(with: Lanes(repeating: 4), where: x .> 4)
        let s = x * x
        var p = s * -2.726_142_258_013_06e-10 + 2.770_681_424_959_02e-08
        p = p * s - 2.101_024_020_825_08e-06
        p = p * s - 5.692_506_394_623_46e-05
        p = p * s - 7.349_906_303_268_55e-04
        p = p * s - 2.954_599_808_540_25e-03
        p = p * s - 1.609_603_332_624_15e-02
        var q = s * -1.456_607_184_649_96e-05 - 2.133_740_552_789_05e-04
        q = q * s - 1.682_826_974_382_03e-03
        q = q * s - 7.373_329_167_204_68e-03
        q = q * s - 1.426_473_905_141_89e-02
        return x * p / q
    }
}
