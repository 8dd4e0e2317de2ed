"""Analyse: the page shows what the edge says, all of it, and lets a person find their way in it."""
import json

from logs import SAMPLE, ssh_log
from page import ask

LABELS = {
    "normal": "Normal", "security_anomaly": "Security", "system_failure": "System failure",
    "performance_issue": "Performance", "network_anomaly": "Network", "config_error": "Configuration",
    "hardware_issue": "Hardware",
}


def test_charts_are_drawn_from_the_answer(page, base):
    summary = ask(base, "/api/predict", {"logs": SAMPLE})["summary"]
    page.analyse(SAMPLE)
    assert page.bars("Lines by class") == {LABELS[name]: n for name, n in summary["class_distribution"].items()}
    assert page.bars("Lines by log type") == summary["log_type_distribution"]
    assert page.shown() == f"{len(SAMPLE)} lines"
    trouble = {name: n for name, n in summary["class_distribution"].items() if name != "normal"}
    verdict = page.tab.get_by_role("region", name="Verdict")
    assert f"{sum(trouble.values())} lines of {len(SAMPLE)} (" in verdict.inner_text()
    said = dict(row.split("\n")[:2] for row in verdict.get_by_role("listitem").all_inner_texts())
    assert said == {LABELS[name]: str(n) for name, n in trouble.items()}


def test_a_changed_input_changes_the_charts(page):
    def seen():
        timeline = page.tab.locator(".timeline svg").evaluate("svg => svg.outerHTML")
        return page.bars("Lines by class"), page.bars("Lines by log type"), timeline

    page.analyse(ssh_log(60))
    first = seen()
    page.analyse(SAMPLE + ssh_log(60, failures_after=0.9))
    second = seen()
    assert all(before != after for before, after in zip(first, second))


def test_a_class_is_filtered_by_its_bar_and_the_address_holds_it(page):
    page.analyse(ssh_log(80, failures_after=0.75))
    page.class_bar("Security").click()
    page.tab.get_by_text("20 of 80 lines").wait_for()
    assert "class=security_anomaly" in page.tab.url
    page.tab.get_by_label("Search the lines").fill("198.51.100.61")
    page.tab.get_by_text("1 of 80 lines").wait_for()
    page.tab.go_back()
    page.tab.get_by_text("20 of 80 lines").wait_for()
    page.tab.get_by_role("button", name="Clear all").click()
    page.tab.get_by_text("80 lines", exact=True).wait_for()


def test_the_sample_incident_has_every_kind_of_trouble_and_can_be_read_in_another_way(page):
    page.open("#/analyse?multiline=auto")
    page.tab.get_by_role("button", name="Analyse a sample incident").click()
    page.finished()
    assert set(page.bars("Lines by class")) == set(LABELS.values())
    page.tab.get_by_role("region", name="Verdict").get_by_role("button", name="Security").click()
    page.tab.get_by_text("Clear all").wait_for()
    assert "class=security_anomaly" in page.tab.url and "template=Failed" in page.tab.url


def test_stack_traces_are_joined_where_that_is_asked_for_and_the_address_says_so(page):
    trace = ["2026-04-15 12:00:00 ERROR app.Main - request failed", "java.lang.IllegalStateException: closed",
             "\tat app.Pool.take(Pool.java:41)", "\tat app.Main.run(Main.java:7)", "2026-04-15 12:00:01 INFO app.Main - ready"]
    page.open()
    page.tab.get_by_label("Lines that belong together").select_option("auto")
    page.tab.get_by_label("Log lines").fill("\n".join(trace))
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.finished()
    assert page.shown() == "2 lines" and "multiline=auto" in page.tab.url
    page.tab.locator("#line-1").click()
    detail = page.tab.get_by_role("complementary", name="Lines 1 to 4")
    assert "Pool.java:41" in detail.inner_text()
    rows = [json.loads(line) for line in page.export("ndjson").splitlines()]
    assert [row["line"] for row in rows] == [1, 5] and rows[0]["lines"] == [1, 4]


def test_the_format_can_be_chosen_from_what_the_server_knows(page, base):
    page.open()
    options = page.tab.get_by_label("Format").locator("option")
    page.tab.get_by_label("Format").locator("option", has_text="Proxifier").wait_for(state="attached")
    assert options.all_inner_texts()[1:] == ask(base, "/v1/limits")["log_types"]
    page.tab.get_by_label("Format").select_option("Proxifier")
    page.tab.get_by_label("Log lines").fill("\n".join(SAMPLE[:3]))
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.finished()
    assert page.bars("Lines by log type") == {"Proxifier": 3}
    assert "format=Proxifier" in page.tab.url


def test_confidence_and_type_filter_too(page, base):
    rows = ask(base, "/api/predict", {"logs": SAMPLE})["logs"]
    page.analyse(SAMPLE)
    page.tab.get_by_label("Confidence").select_option("0.99")
    sure = sum(row["prediction"]["confidence"] >= 0.99 for row in rows)
    page.tab.get_by_text(f"{sure} of {len(SAMPLE)} lines").wait_for()
    page.tab.get_by_label("Confidence").select_option("")
    page.tab.get_by_role("list", name="Lines by log type").get_by_role("button", name="Zookeeper").click()
    page.tab.get_by_text(f"2 of {len(SAMPLE)} lines").wait_for()


def test_a_line_opens_with_all_that_is_known_of_it_and_has_a_link(page, base):
    row = ask(base, "/api/predict", {"logs": SAMPLE, "include_templates": True})["logs"][3]
    page.analyse(SAMPLE)
    page.tab.locator("#line-4").click()
    detail = page.tab.get_by_role("complementary", name="Line 4")
    text = detail.inner_text()
    assert row["raw"] in text and row["parsed_content"] in text and row["template"] in text
    assert f"{row['prediction']['confidence'] * 100:.1f}".rstrip("0").rstrip(".") in text
    assert detail.locator(".probabilities li").count() == 7
    assert "line=4" in page.tab.url
    detail.get_by_role("button", name="Copy a link to this line").click()
    assert page.tab.evaluate("navigator.clipboard.readText()") == page.tab.url


def test_a_link_opened_elsewhere_asks_for_its_log_and_leads_to_its_line(open_page):
    page = open_page()
    page.open("#/analyse?class=security_anomaly&line=4")
    page.tab.get_by_text("This link leads to line 4 of a log").wait_for()
    page.tab.get_by_label("Log lines").fill("\n".join(SAMPLE))
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.tab.get_by_role("complementary", name="Line 4").wait_for()
    assert "class=security_anomaly" in page.tab.url


def test_the_keyboard_is_enough(page):
    page.analyse(SAMPLE)
    page.tab.get_by_role("grid").focus()
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.tab.keyboard.press(key)
    page.tab.get_by_role("complementary", name="Line 3").wait_for()
    page.tab.keyboard.press("ArrowDown")
    page.tab.get_by_role("complementary", name="Line 4").wait_for()
    page.tab.keyboard.press("End")
    page.tab.get_by_role("complementary", name=f"Line {len(SAMPLE)}").wait_for()
    page.tab.keyboard.press("Escape")
    page.tab.get_by_role("complementary").wait_for(state="detached")
    page.tab.keyboard.press("/")
    assert page.tab.evaluate("document.activeElement.type") == "search"


def test_the_timeline_chooses_a_range_by_mouse_and_by_keyboard(page):
    page.analyse(ssh_log(200))
    box = page.tab.locator(".timeline svg").bounding_box()
    page.tab.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + 20)
    page.tab.mouse.down()
    page.tab.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 20)
    page.tab.mouse.up()
    chosen = int(page.shown().split()[0])
    assert 0 < chosen < 100 and "from=" in page.tab.url
    page.tab.get_by_role("button", name="Clear all").click()
    assert page.shown() == "200 lines"  # the chart is drawn anew, and would take the focus with it
    page.tab.locator(".timeline svg").focus()
    for key in ("End", "Shift+PageUp", "Enter"):
        page.tab.keyboard.press(key)
    assert 0 < int(page.shown().split()[0]) < 100


def test_files_are_read_in_pieces_and_every_line_has_its_number(page):
    lines = ssh_log(9_000)
    page.analyse_file("gate.log", "\n".join(lines).encode())
    assert page.shown() == "9,000 lines"
    page.tab.goto(page.tab.url + "?line=8999")
    page.tab.get_by_role("complementary", name="Line 8999").wait_for()
    assert lines[8998] in page.tab.get_by_role("complementary").inner_text()


def test_a_long_analysis_shows_its_first_lines_at_once_and_can_be_cancelled(page, tmp_path):
    page.open()
    file = tmp_path / "gate.log"
    file.write_text("\n".join(ssh_log(100_000)))
    page.tab.set_input_files("input[type=file]", file)
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.tab.locator(".lines-row").first.wait_for(timeout=30_000)
    page.tab.get_by_role("button", name="Cancel").click()
    page.tab.get_by_text("cancelled: what arrived").wait_for()


def test_a_dropped_file_is_taken(page):
    page.open()
    transfer = page.tab.evaluate_handle("""(text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'dropped.log'));
        return transfer;
    }""", "\n".join(SAMPLE))
    page.tab.dispatch_event(".log-box", "drop", {"dataTransfer": transfer})
    page.tab.locator(".files .chip", has_text="dropped.log").wait_for()
    page.tab.get_by_role("button", name="Analyse", exact=True).click()
    page.finished()
    assert page.shown() == f"{len(SAMPLE)} lines"
    assert page.tab.get_by_role("heading", name="dropped.log").is_visible()


def test_columns_are_chosen_and_the_address_holds_them(page):
    page.analyse(SAMPLE)
    page.tab.get_by_role("button", name="Columns").click()
    for name in ("Raw line", "Template"):
        page.tab.get_by_role("checkbox", name=name).click()
    page.tab.keyboard.press("Escape")
    heads = page.tab.get_by_role("columnheader").all_inner_texts()
    assert "Raw line" in heads and "Template" not in heads
    assert page.tab.locator("#line-1 .cell-raw").inner_text() == SAMPLE[0]
    assert "columns=line%2Ctime%2Cclass%2Cconfidence%2Ctype%2Ccontent%2Craw" in page.tab.url


def test_an_open_line_leads_to_the_others_of_its_template(page):
    page.analyse(ssh_log(40))
    page.tab.locator("#line-3").click()
    page.tab.get_by_role("button", name="Only this template").click()
    page.tab.get_by_text("20 of 40 lines").wait_for()
    page.tab.get_by_role("button", name="Without it").click()
    page.tab.locator(".chip", has_text="not: Starting session").wait_for()


def test_a_file_that_is_too_large_or_empty_is_refused_with_what_to_do(page):
    page.open()
    page.tab.set_input_files("input[type=file]", {"name": "empty.log", "mimeType": "text/plain", "buffer": b""})
    assert "empty.log is empty" in page.tab.get_by_role("alert").inner_text()
