"""A log of 100 MB in a tab: when its first line is judged, when the last, and how smoothly the table scrolls then."""
import time

from logs import ssh_log

BYTES = 99_900_000


def test_a_log_of_100_mb(page, tmp_path):
    log = tmp_path / "large.log"
    block = "\n".join(ssh_log(20_000)) + "\n"
    with log.open("w") as file:
        for _ in range(-(-BYTES // len(block))):
            file.write(block)
    page.open()
    page.tab.set_input_files("input[type=file]", log)
    start = time.monotonic()
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.tab.locator(".lines-row").first.wait_for(timeout=30_000)
    first = time.monotonic() - start
    page.tab.locator(".run .progress").wait_for(state="hidden", timeout=300_000)
    whole = time.monotonic() - start
    frames, moved = page.tab.evaluate("""async () => {
        let box = document.querySelector('.lines-row');
        while (box.scrollHeight <= box.clientHeight + 5) box = box.parentElement;
        const times = [];
        for (let i = 0; i < 120; i++) {
            const before = performance.now();
            box.scrollTop += 4000;
            await new Promise(requestAnimationFrame);
            times.push(performance.now() - before);
        }
        return [times.sort((a, b) => a - b), box.scrollTop];
    }""")
    assert moved > 0
    print(f"""
| {log.stat().st_size / 1e6:.0f} MB, {page.shown()} | |
|---|---|
| first line judged | {first:.2f} s |
| last line judged | {whole:.1f} s |
| memory of the page's objects | {page.tab.evaluate("performance.memory.usedJSHeapSize") / 1e6:.0f} MB |
| a frame while scrolling, of 120 | {frames[60]:.1f} ms, 95 % within {frames[114]:.1f} ms, the longest {frames[-1]:.1f} ms |""")
