import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

import { KamDocumentTable } from "./kam_document_table";

/** The documents which add up to a measure of an explanation. */
export class KamDocuments extends Component {
    static template = "kam_kpi.KamDocuments";
    static components = { KamDocumentTable };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
    }

    load(offset) {
        const { context, resId, resModel } = this.props.record;
        return this.orm.call(resModel, "get_documents", [[resId]], { offset, changed: Boolean(context.kam_changed) });
    }
}

registry.category("view_widgets").add("kam_documents", { component: KamDocuments });
