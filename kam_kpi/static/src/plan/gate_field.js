import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** Guidance of one step and what its gate still asks for; `options="{'step': '3'}"` says which step. */
export class GateField extends Component {
    static template = "kam_kpi.GateField";
    static props = { ...standardFieldProps, step: String };

    setup() {
        this.ui = useState({ guidance: this.status?.state === "current" });
    }

    get status() {
        return (this.props.record.data[this.props.name] || {})[this.props.step];
    }

    get questions() {
        return this.status.guidance.split("\n").filter((line) => line.trim());
    }

    toggle() {
        this.ui.guidance = !this.ui.guidance;
    }
}

registry.category("fields").add("kam_gate", {
    component: GateField,
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ step: String(options.step) }),
});
