/// Whether a message belongs to a template that does not match it yet, and how well.
enum Similarity {
    /// Words of which one is said of what began and the other of what ended, or of the good and the bad outcome: two
    /// messages that differ by such a pair report different events.
    static let opposites: [(String, String)] = [
        ("started", "stopped"), ("start", "stop"), ("starting", "stopping"), ("starts", "stops"), ("start", "end"),
        ("started", "ended"), ("started", "finished"), ("starting", "finishing"), ("begin", "end"),
        ("began", "ended"), ("started", "completed"), ("up", "down"), ("success", "failure"),
        ("success", "fail"), ("success", "failed"), ("succeeded", "failed"), ("successful", "failed"),
        ("successfully", "unsuccessfully"), ("successful", "unsuccessful"), ("pass", "fail"), ("passed", "failed"),
        ("accepted", "rejected"), ("accepted", "failed"), ("accepted", "refused"), ("accept", "reject"),
        ("opened", "closed"), ("open", "close"), ("opening", "closing"), ("open", "closed"),
        ("connected", "disconnected"), ("connect", "disconnect"), ("connecting", "disconnecting"),
        ("enabled", "disabled"), ("enable", "disable"), ("enabling", "disabling"), ("allowed", "denied"),
        ("allow", "deny"), ("granted", "denied"), ("permit", "deny"), ("permitted", "denied"),
        ("acquire", "release"), ("acquired", "released"), ("acquiring", "releasing"), ("lock", "unlock"),
        ("locked", "unlocked"), ("mounted", "unmounted"), ("mount", "unmount"), ("registered", "unregistered"),
        ("register", "unregister"), ("registered", "deregistered"), ("added", "removed"), ("add", "remove"),
        ("adding", "removing"), ("attached", "detached"), ("attach", "detach"), ("created", "deleted"),
        ("created", "destroyed"), ("create", "delete"), ("create", "destroy"), ("creating", "deleting"),
        ("creating", "destroying"), ("loaded", "unloaded"), ("load", "unload"), ("loading", "unloading"),
        ("login", "logout"), ("logon", "logoff"), ("available", "unavailable"), ("valid", "invalid"),
        ("online", "offline"), ("active", "inactive"), ("resumed", "paused"), ("resumed", "suspended"),
        ("resume", "pause"), ("resume", "suspend"), ("running", "stopped"), ("increased", "decreased"),
        ("increase", "decrease"), ("increasing", "decreasing"), ("joined", "left"), ("entering", "leaving"),
        ("entering", "exiting"), ("entered", "left"), ("enter", "exit"), ("enter", "leave"),
        ("installed", "uninstalled"), ("install", "uninstall"), ("sent", "received"), ("send", "receive"),
        ("sending", "receiving"), ("read", "write"), ("reading", "writing"), ("input", "output"), ("first", "last"),
        ("known", "unknown"), ("healthy", "unhealthy"), ("reachable", "unreachable"), ("subscribed", "unsubscribed"),
        ("bound", "unbound"), ("bind", "unbind"), ("raised", "cleared"), ("set", "cleared"), ("set", "unset"),
        ("high", "low"), ("on", "off"), ("in", "out"), ("true", "false"), ("plugged", "unplugged"), ("before", "after"),
        ("minimum", "maximum"), ("min", "max"), ("push", "pull"), ("upload", "download"), ("get", "set"),
        ("getting", "setting"), ("found", "missing"), ("commit", "rollback"), ("committed", "aborted"),
        ("master", "slave"), ("leader", "follower"), ("primary", "secondary"), ("signed", "unsigned"),
        ("blocked", "unblocked"), ("freeze", "thaw"), ("frozen", "thawed"), ("expand", "collapse"),
        ("visible", "hidden"), ("show", "hide"), ("showing", "hiding"), ("gained", "lost"), ("screen_on", "screen_off"),
    ]
}
