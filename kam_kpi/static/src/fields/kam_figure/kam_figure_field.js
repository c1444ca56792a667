import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { formatKamValue, isNoData } from "@kam_kpi/core/kam_format";

/**
 * A headline figure of an account or a team, read-only, in the unit the view
 * gives. No data is a dash, never a zero.
 */
export class KamFigureField extends Component {
    static template = "kam_kpi.KamFigureField";
    static props = {
        ...standardFieldProps,
        unit: { type: String, optional: true },
        currencyField: { type: String, optional: true },
    };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isNoData() {
        return isNoData(this.value);
    }

    get formattedValue() {
        const currency = this.props.record.data[this.props.currencyField];
        return formatKamValue(this.value, { unit: this.props.unit, currencyId: currency?.id ?? currency });
    }
}

export const kamFigureField = {
    component: KamFigureField,
    displayName: _t("Headline figure"),
    supportedOptions: [
        { label: _t("Unit"), name: "unit", type: "string" },
        { label: _t("Currency field"), name: "currency_field", type: "field", availableTypes: ["many2one"] },
    ],
    supportedTypes: ["float"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ unit: options.unit, currencyField: options.currency_field }),
};

registry.category("fields").add("kam_figure", kamFigureField);
