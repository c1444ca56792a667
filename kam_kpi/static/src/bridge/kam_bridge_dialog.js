import { Component } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";

import { KamDocumentTable } from "@kam_kpi/widgets/kam_documents/kam_document_table";

/** The invoice lines of both windows of a row. */
export class KamBridgeDialog extends Component {
    static template = "kam_kpi.KamBridgeDialog";
    static components = { Dialog, KamDocumentTable };
    static props = { title: String, labels: Object, load: Function, close: Function };

    get windows() {
        return ["closing", "opening"].map((code) => ({
            code,
            label: this.props.labels[code],
            load: (offset) => this.props.load(code, offset),
        }));
    }
}
