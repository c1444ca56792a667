import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { formatKamValue, isNoData } from "@kam_kpi/core/kam_format";

/**
 * A KPI's figure, read-only, in the unit its record says. No data is a dash
 * which says why, in words, to the mouse and to a screen reader.
 */
export class KamValueField extends Component {
    static template = "kam_kpi.KamValueField";
    static props = {
        ...standardFieldProps,
        unitField: { type: String, optional: true },
        currencyField: { type: String, optional: true },
        reasonField: { type: String, optional: true },
        showReason: { type: Boolean, optional: true },
    };

    get value() {
        return this.props.record.data[this.props.name];
    }

    get isNoData() {
        return isNoData(this.value);
    }

    get formattedValue() {
        const { currencyField, record, unitField } = this.props;
        const currency = record.data[currencyField];
        return formatKamValue(this.value, {
            unit: record.data[unitField],
            currencyId: currency?.id ?? currency,
        });
    }

    get reason() {
        const { reasonField, record } = this.props;
        const selection = record.fields[reasonField]?.selection || [];
        const found = selection.find(([key]) => key === record.data[reasonField]);
        return found ? found[1] : _t("No data");
    }
}

function dependencies({ options }) {
    return [
        { name: options.unit_field || "unit", type: "selection", readonly: true },
        { name: options.currency_field || "currency_id", type: "many2one", relation: "res.currency", readonly: true },
        ...(options.reason_field === false
            ? []
            : [{ name: options.reason_field || "reason", type: "selection", readonly: true }]),
    ];
}

export const kamValueField = {
    component: KamValueField,
    displayName: _t("KPI figure"),
    supportedOptions: [
        { label: _t("Unit field"), name: "unit_field", type: "field", availableTypes: ["selection"] },
        { label: _t("Currency field"), name: "currency_field", type: "field", availableTypes: ["many2one"] },
        { label: _t("Reason field"), name: "reason_field", type: "field", availableTypes: ["selection"] },
        { label: _t("Say why there is no data"), name: "show_reason", type: "boolean" },
    ],
    supportedTypes: ["float"],
    isEmpty: () => false,
    fieldDependencies: dependencies,
    extractProps: ({ options }) => ({
        unitField: options.unit_field || "unit",
        currencyField: options.currency_field || "currency_id",
        reasonField: options.reason_field === false ? undefined : options.reason_field || "reason",
        showReason: Boolean(options.show_reason),
    }),
};

registry.category("fields").add("kam_value", kamValueField);
