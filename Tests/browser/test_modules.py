"""The parts of the page that draw nothing, each on its own, in the browser that they are made for."""
import pytest

LOG = "one\n two\nthree\nCaused by: four\nfive\n\nsix"


@pytest.fixture(autouse=True)
def opened(page):
    page.open()


@pytest.mark.parametrize("size", [1, 4, 9, 16, 1000])
def test_pieces_of_a_log_are_the_log(page, size):
    pieces = page.module("/js/net/chunks.js", """async (m, [text, size]) => {
        const found = [];
        for await (const piece of m.chunksOf(new Blob([text]), { size })) {
            found.push([new TextDecoder().decode(piece.bytes), piece.lines]);
        }
        return found;
    }""", [LOG, size])
    assert "".join(text for text, _ in pieces) == LOG
    assert sum(lines for _, lines in pieces) == 7
    assert all(text.endswith("\n") for text, _ in pieces[:-1])


def test_requests_grow_with_the_speed_of_the_server_and_shrink_when_it_is_slow(page):
    sizes = page.module("/js/net/pace.js", """(m) => {
        const pace = new m.Pace();
        const after = (milliseconds) => { pace.took(pace.size, milliseconds); return pace.size; };
        return [pace.size, after(100), after(100), after(100), after(100), after(8000), after(1e9)];
    }""")
    assert sizes == [16 << 10, 64 << 10, 256 << 10, 1 << 20, 1 << 20, 1 << 19, 16 << 10]


def test_a_piece_ends_where_a_record_does(page):
    text = "start\n  at frame\nnext\nCaused by: x\n  at y\nend"
    cut = page.module("/js/net/chunks.js", "(m, text) => m.cutOf(new TextEncoder().encode(text))", text)
    assert text[cut:] == "end"
    inside = page.module("/js/net/chunks.js", "(m, text) => m.cutOf(new TextEncoder().encode(text))", text[:-9])
    assert text[inside:].startswith("next")


def test_a_view_survives_its_address(page):
    address = "class=security_anomaly%2Chardware_issue&type=Linux&template=a%252Cb&q=x%26y&sure=0.5&from=1&to=2"
    assert page.module("/js/data/view.js", """(m, address) =>
        m.parametersOf(m.viewOf(new URLSearchParams(address))).toString()""", address) == address


def test_an_address_of_nonsense_shows_everything(page):
    assert page.module("/js/data/view.js", """(m) =>
        m.showsAll(m.viewOf(new URLSearchParams('class=none&from=x&sure=&type=')))""")


def test_what_cannot_be_seen_is_made_visible(page):
    assert page.module("/js/data/format.js", "(m) => m.visible('a\\u202eb\\u0000c\\u200bd')") == "a\\u202eb\u2400c\\u200bd"


@pytest.mark.parametrize("share, text", [(0, "0 %"), (1, "100 %"), (0.156, "15.6 %"), (0.00001, "< 0.1 %"), (0.99999, "> 99.9 %")])
def test_a_share_is_never_rounded_to_all_or_nothing(page, share, text):
    assert page.module("/js/data/format.js", "(m, share) => m.percent(share)", share) == text


def test_rows_in_any_order_and_twice_are_the_same_lines(page):
    row = """(line) => ({ line, raw: `r${line} said x`, log_type: 'Linux', parsed_content: `said x`, template: 'said <*>',
        template_id: 't', timestamp: null, level: null, abstained: false,
        prediction: { class_index: 1, class_name: 'security_anomaly', confidence: 0.5, probabilities: [0.5, 0.5, 0, 0, 0, 0, 0] } })"""
    rows = page.module("/js/data/line-store.js", f"""(m) => {{
        const store = new m.LineStore();
        const row = {row};
        const added = [3000, 2, 1, 2].map((line) => store.add(line - 1, row(line)));
        return [added, [0, 1, 2999].map((i) => store.row(i)), [1, 2, 3000].map(row), store.state[5]];
    }}""")
    assert rows[0] == [True, True, True, False]
    assert rows[1] == rows[2]
    assert rows[3] == 0


def test_lines_without_a_year_belong_to_that_of_the_dated_ones(page):
    lines = [("2024-04-12 08:00:00 a", "2024-04-12T08:00:00Z"), ("Apr 12 09:00:00 a", "2026-04-12T09:00:00Z"),
             ("04-12 09:30:00 a", "2026-04-12T09:30:00Z"), ("2024-04-12 10:00:00 a", "2024-04-12T10:00:00Z"), ("a", None)]
    places = page.module("/js/data/axis.js", """async (m, lines) => {
        const { LineStore } = await import('/js/data/line-store.js');
        const store = new LineStore();
        lines.forEach(([raw, timestamp], i) => store.add(i, { raw, error: { code: 'x' }, timestamp }));
        const axis = m.axisOf(store);
        return [axis.isTime, axis.to - axis.from, new Date(axis.at(1)).toISOString(), Number.isNaN(axis.at(4))];
    }""", lines)
    assert places == [True, 2 * 3600 * 1000, "2024-04-12T09:00:00.000Z", True]


def test_the_axis_is_the_order_of_lines_where_few_have_times(page):
    axis = page.module("/js/data/axis.js", """async (m) => {
        const { LineStore } = await import('/js/data/line-store.js');
        const store = new LineStore();
        for (let i = 0; i < 5; i += 1)
            store.add(i, { raw: 'x', error: { code: 'x' }, timestamp: i < 2 ? '2024-04-12T08:00:00Z' : null });
        const { isTime, from, to, at } = m.axisOf(store);
        return [isTime, from, to, at(3)];
    }""")
    assert axis == [False, 1, 5, 4]


MATRIX = [[10 * (row == column) + (row == 1) * (column == 4) for column in range(7)] for row in range(7)]


def test_a_confusion_matrix_says_what_is_taken_for_what(page):
    cells = page.module("/js/chart/confusion.js", """(m, matrix) => {
        const table = document.querySelector('main').appendChild(m.confusion(matrix, 'T'));
        return [...table.querySelectorAll('tbody tr')].map((row) =>
            [...row.children].map((cell) => [cell.textContent, cell.title, cell.style.getPropertyValue('--share')]));
    }""", MATRIX)
    assert [row[0][0] for row in cells][:2] == ["Normal", "Security"]
    assert [[int(text.replace("·", "0")) for text, *_ in row[1:]] for row in cells] == MATRIX
    assert cells[1][5] == ["1", "9.1 % of Security taken for Network", "0.091"]
    assert cells[0][1][1] == "100 % of Normal found"


def test_a_calibration_diagram_has_a_point_for_each_confidence_that_occurs(page):
    bins = [{"confidence": 0.55, "accuracy": 0.5, "count": 40}, {"confidence": 0.95, "accuracy": 0.97, "count": 900},
            {"confidence": 0.1, "accuracy": 0, "count": 0}]
    label, points = page.module("/js/chart/reliability.js", """(m, bins) => {
        const figure = document.querySelector('main').appendChild(m.reliability(bins, 'T'));
        const points = [...figure.querySelectorAll('circle')].map((each) => ['cx', 'cy', 'r'].map((name) => Number(each.getAttribute(name))));
        return [figure.querySelector('svg').getAttribute('aria-label'), points];
    }""", bins)
    assert "55 % sure, 50 % right, 40 verdicts" in label and "95 % sure, 97 % right, 900 verdicts" in label
    (x1, y1, r1), (x2, y2, r2) = points
    assert x1 < x2 and y1 > y2 and r1 < r2


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_class_colours_stand_out_and_stay_apart_without_cones(open_page, scheme):
    page = open_page(scheme=scheme).open()
    colors = page.module("/js/data/classes.js", """(m) => {
        const probe = document.body.appendChild(document.createElement('i'));
        const rgb = (color) => { probe.style.color = color; return getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map(Number); };
        return [...m.classes.map((_, index) => rgb(m.classColor(index))), rgb('var(--surface)')];
    }""")
    *classes, surface = [[linear(part / 255) for part in color] for color in colors]
    assert min(contrast(color, surface) for color in classes) >= 3
    for matrix in CONES.values():
        seen = [oklab([sum(a * b for a, b in zip(row, color)) for row in matrix]) for color in classes]
        assert min(distance(a, b) for i, a in enumerate(seen) for b in seen[:i]) >= 0.05


# Machado, Oliveira, Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009; severity 1.
CONES = {
    "all": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def linear(part):
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def contrast(a, b):
    dark, light = sorted(0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] for c in (a, b))
    return (light + 0.05) / (dark + 0.05)


def oklab(color):
    r, g, b = (min(1, max(0, part)) for part in color)
    l, m, s = (
        (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3),
        (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3),
        (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3),
    )
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def distance(a, b):
    return sum((x - y) ** 2 for x, y in zip(a, b)) ** 0.5


def test_a_step_of_scrolling_costs_the_same_over_a_hundred_thousand_lines_as_over_a_thousand(page):
    """The real table over a store of rows: what is in the document, and what a step of scrolling computes."""
    cpu = page.tab.context.new_cdp_session(page.tab)
    cpu.send("Performance.enable", {"timeDomain": "threadTicks"})  # other work on the machine does not count

    def spent():
        return {each["name"]: each["value"] for each in cpu.send("Performance.getMetrics")["metrics"]}["TaskDuration"]

    def scrolled(count):
        """The processor time of 61 steps to the end of so many lines, and the rows that are in the document then."""
        page.module("/js/part/line-table.js", """async (m, count) => {
            const { LineStore } = await import('/js/data/line-store.js');
            const { facetsOf } = await import('/js/data/facets.js');
            const { axisOf } = await import('/js/data/axis.js');
            const { viewOf } = await import('/js/data/view.js');
            const store = new LineStore();
            for (let i = 0; i < count; i += 1) {
                const raw = `Apr 15 12:00:00 gate app[${i}]: step ${i % 90} ended`;
                store.add(i, { raw, log_type: 'Linux', parsed_content: raw.slice(28), template: 'step <*> ended',
                    template_id: 't', timestamp: new Date(i * 1000).toISOString(), level: null, abstained: false,
                    prediction: { class_index: i % 7, confidence: 0.9, probabilities: [0.9, 0.1, 0, 0, 0, 0, 0] } });
            }
            const analysis = { store, axis: axisOf(store) };
            const view = viewOf(new URLSearchParams());
            const table = new m.LineTable(() => {});
            const main = document.querySelector('main');
            main.replaceChildren(table.element);
            table.update(analysis, facetsOf(store, view, analysis.axis), view, m.usualColumns, null);
            await new Promise((resolve) => requestAnimationFrame(resolve));
        }""", count)
        before = spent()
        rows = page.tab.evaluate("""async () => {
            const lines = document.querySelector('.lines');
            const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
            for (let step = 0; step < 60; step += 1) {
                lines.scrollTop += 300; // a quick turn of a wheel
                await frame();
                await frame();
            }
            lines.scrollTop = lines.scrollHeight;
            await frame();
            await frame();
            return [...lines.querySelectorAll('.lines-row')].map((row) => row.id);
        }""")
        return spent() - before, rows

    scrolled(1_000)  # the engine compiles what it runs first
    few, _ = scrolled(1_000)
    many, rows = scrolled(100_000)
    assert len(rows) < 60 and rows[-1] == "line-100000"
    assert many < 3 * few, "a step of scrolling depends on how many lines there are"
