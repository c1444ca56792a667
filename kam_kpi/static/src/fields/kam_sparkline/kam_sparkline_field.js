import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { formatKamValue } from "@kam_kpi/core/kam_format";

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 2;

/** A small line of the last months' figures, the latest at the end of the line of reading; nothing to draw is a dash. */
export class KamSparklineField extends Component {
    static template = "kam_kpi.KamSparklineField";
    static props = { ...standardFieldProps, currencyField: { type: String, optional: true } };

    size = `0 0 ${WIDTH} ${HEIGHT}`;

    get values() {
        return this.props.record.data[this.props.name] || [];
    }

    get points() {
        const low = Math.min(0, ...this.values);
        const range = Math.max(0, ...this.values) - low || 1;
        const step = (WIDTH - 2 * MARGIN) / Math.max(this.values.length - 1, 1);
        return this.values.map((value, position) => [
            MARGIN + position * step,
            HEIGHT - MARGIN - ((value - low) / range) * (HEIGHT - 2 * MARGIN),
        ]);
    }

    get line() {
        return this.points.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
    }

    get last() {
        return this.points.at(-1);
    }

    get label() {
        const currency = this.props.record.data[this.props.currencyField];
        const write = (value) => formatKamValue(value, { unit: "currency", currencyId: currency?.id ?? currency });
        return _t("Twelve months: from %(first)s to %(last)s, highest %(highest)s", {
            first: write(this.values[0]),
            last: write(this.values.at(-1)),
            highest: write(Math.max(...this.values)),
        });
    }
}

export const kamSparklineField = {
    component: KamSparklineField,
    displayName: _t("Line of the last months"),
    supportedOptions: [{ label: _t("Currency field"), name: "currency_field", type: "field", availableTypes: ["many2one"] }],
    supportedTypes: ["json"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ currencyField: options.currency_field }),
};

registry.category("fields").add("kam_sparkline", kamSparklineField);
