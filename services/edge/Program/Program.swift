internal import ArgumentParser
internal import Edge

@main
enum Program {
    static func main() async { await EdgeServer.main() }
}
