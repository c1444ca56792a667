import { expect, test } from "@odoo/hoot";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { allowTranslations, defineModels, fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

import { formatKamValue } from "@kam_kpi/core/kam_format";

class Value extends models.Model {
    _name = "kam.kpi.value";
    unit = fields.Selection({
        selection: ["currency", "percent", "count", "score", "days"].map((unit) => [unit, unit]),
    });
    currency_id = fields.Many2one({ relation: "res.currency" });
    reason = fields.Selection({ selection: [["insufficient_sample", "Too few cases"]] });
    value = fields.Float();
    _records = [
        { id: 1, unit: "percent", value: 96.66 },
        { id: 2, unit: "currency", value: 12345.6, currency_id: 1 },
        { id: 3, unit: "percent", value: 0 },
    ];
}

class Currency extends models.Model {
    _name = "res.currency";
    name = fields.Char();
    _records = [{ id: 1, name: "USD" }];
}

defineMailModels();
defineModels([Value, Currency]);

test("figures in the unit of the record", async () => {
    await mountView({
        type: "list",
        resModel: "kam.kpi.value",
        arch: `<list><field name="value" widget="kam_value"/></list>`,
    });
    expect(".o_kam_value:eq(0)").toHaveText("96.7 %");
    expect(".o_kam_value:eq(1)").toHaveText("$ 12,346");
    expect(".o_kam_value:eq(2)").toHaveText("0.0 %");
});

test("no data is a dash that says why", async () => {
    onRpc("kam.kpi.value", "web_read", ({ parent }) => {
        const [record] = parent();
        return [{ ...record, value: false, reason: "insufficient_sample" }];
    });
    await mountView({
        type: "form",
        resModel: "kam.kpi.value",
        resId: 1,
        arch: `<form><field name="value" widget="kam_value"/></form>`,
    });
    expect(".o_kam_no_data").toHaveAttribute("data-tooltip", "Too few cases");
    expect(".o_kam_no_data [aria-hidden]").toHaveText("–");
    expect(".o_kam_no_data .visually-hidden").toHaveText("Too few cases");
});

test("units without a record", () => {
    allowTranslations();
    expect(formatKamValue(false, { unit: "percent" })).toBe("–");
    expect(formatKamValue(null)).toBe("–");
    expect(formatKamValue(0, { unit: "count" })).toBe("0");
    expect(formatKamValue(2.5, { unit: "count" })).toBe("2.5");
    expect(formatKamValue(41.67, { unit: "score" })).toBe("41.7");
    expect(formatKamValue(12, { unit: "days" })).toBe("12.0 days");
    expect(formatKamValue(0.333, { unit: "ratio" })).toBe("0.33");
});
