import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import {
    getChart,
    getScaleY,
    getYAxisLabel,
    selectMode,
    setupChartJsForTests,
} from "@web/../tests/views/graph/graph_test_helpers";
import { defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

class Kpi extends models.Model {
    _name = "kam.kpi";
    name = fields.Char();
    _records = [
        { id: 1, name: "Retention" },
        { id: 2, name: "Revenue" },
    ];
}

class Value extends models.Model {
    _name = "kam.kpi.value";
    kpi_id = fields.Many2one({ relation: "kam.kpi" });
    account = fields.Selection({ selection: [["a", "Alder"], ["b", "Beech"]] });
    period = fields.Selection({ selection: [["1", "Q1"], ["2", "Q2"], ["3", "Q3"]] });
    unit = fields.Selection({ selection: [["percent", "Percent"], ["count", "Count"]] });
    value = fields.Float({ aggregator: "avg" });
}

defineMailModels();
defineModels([Kpi, Value]);
setupChartJsForTests();

const ARCH = /* xml */ `
    <graph js_class="kam_graph" type="line" stacked="0">
        <field name="period"/>
        <field name="value" type="measure"/>
    </graph>`;

/** Answers the two questions of the view: the points, and what the figures are. */
function answer(points, kpis = [["Retention", "percent"]]) {
    onRpc("kam.kpi.value", "formatted_read_group", ({ kwargs }) => {
        if (kwargs.groupby[0] === "kpi_id") {
            return kpis.map(([name, unit], index) => ({
                kpi_id: [index + 1, name],
                "unit:array_agg_distinct": [unit],
            }));
        }
        return points.map(([labels, value]) => ({
            ...labels,
            "value:avg": value,
            __count: 1,
            __extra_domain: [],
        }));
    });
}

function mountGraph(arch = ARCH, options = {}) {
    return mountView({ type: "graph", resModel: "kam.kpi.value", arch, ...options });
}

const drawn = (view) => getChart(view).data.datasets.map(({ data }) => [...data]);

test("no data is a gap, zero is a point", async () => {
    answer([
        [{ period: "1" }, 90],
        [{ period: "2" }, false],
        [{ period: "3" }, 0],
    ]);
    const view = await mountGraph();
    expect(drawn(view)).toEqual([[90, null, 0]]);
});

test("a combination without rows is a gap", async () => {
    answer([
        [{ period: "1", account: "a" }, 90],
        [{ period: "2", account: "a" }, 80],
        [{ period: "2", account: "b" }, 70],
    ]);
    const view = await mountGraph(ARCH, { groupBy: ["period", "account"] });
    expect(drawn(view)).toEqual([
        [90, 80],
        [null, 70],
    ]);
});

test("bars keep gaps too and get no line of sums", async () => {
    answer([
        [{ period: "1", account: "a" }, 90],
        [{ period: "1", account: "b" }, false],
    ]);
    const view = await mountGraph(ARCH.replace('stacked="0"', 'stacked="1"'), { groupBy: ["period", "account"] });
    await selectMode("bar");
    expect(drawn(view)).toEqual([[90], [null]]);
});

test("one KPI: axis in its name and unit", async () => {
    answer([
        [{ period: "1" }, 90],
        [{ period: "2" }, 120],
    ]);
    const view = await mountGraph();
    expect(getYAxisLabel(view)).toBe("Retention");
    expect(getScaleY(view).ticks.callback(0)).toBe("0.0\u00a0%");
    expect(".o_kam_graph_mixed").toHaveCount(0);
});

test("several KPIs in one curve are explained", async () => {
    answer(
        [[{ period: "1" }, false]],
        [
            ["Retention", "percent"],
            ["Revenue", "count"],
        ]
    );
    await mountGraph();
    expect(".o_kam_graph_mixed").toHaveCount(1);
});

test("rows without any figure are explained", async () => {
    answer([
        [{ account: "a" }, false],
        [{ account: "b" }, false],
    ]);
    await mountGraph(ARCH, { groupBy: ["account"] });
    expect(".o_kam_graph_empty").toHaveCount(1);
    expect(".o_kam_graph_mixed").toHaveCount(0);
});

test("a zero is a figure", async () => {
    answer([[{ account: "a" }, 0]]);
    await mountGraph(ARCH, { groupBy: ["account"] });
    expect(".o_kam_graph_empty").toHaveCount(0);
});

test("several KPIs with a curve each need no explanation", async () => {
    answer(
        [
            [{ period: "1", kpi_id: [1, "Retention"] }, 90],
            [{ period: "1", kpi_id: [2, "Revenue"] }, 5],
        ],
        [
            ["Retention", "percent"],
            ["Revenue", "count"],
        ]
    );
    const view = await mountGraph(ARCH, { groupBy: ["period", "kpi_id"] });
    expect(".o_kam_graph_mixed").toHaveCount(0);
    expect(getYAxisLabel(view)).toBe("Value");
});

test("counts of records keep their zeros", async () => {
    onRpc("kam.kpi.value", "formatted_read_group", ({ kwargs }) =>
        kwargs.groupby[0] === "kpi_id"
            ? []
            : [
                  { period: "1", account: "a", __count: 2, __extra_domain: [] },
                  { period: "2", account: "b", __count: 3, __extra_domain: [] },
              ]
    );
    const view = await mountGraph(ARCH.replace(/<field name="value".*\/>/, ""), { groupBy: ["period", "account"] });
    expect(drawn(view)).toEqual([
        [2, 0],
        [0, 3],
    ]);
});
