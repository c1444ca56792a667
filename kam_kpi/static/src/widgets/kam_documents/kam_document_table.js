import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { useService } from "@web/core/utils/hooks";

/**
 * Documents behind a figure, a page at a time. A document can be opened only
 * where the server says that the user may read it.
 */
export class KamDocumentTable extends Component {
    static template = "kam_kpi.KamDocumentTable";
    static components = { Pager };
    static props = {
        /** from the offset to a page as `kam.explain.line.get_documents` answers it */
        load: Function,
        /** called before a document is opened, for example to close a dialog */
        onOpen: { type: Function, optional: true },
    };

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ rows: [], count: 0, total: "", page: 1, offset: 0, additive: true, changed: false });
        onWillStart(() => this.load(0));
    }

    async load(offset) {
        Object.assign(this.state, await this.props.load(offset), { offset });
    }

    onPageChange({ offset }) {
        return this.load(offset);
    }

    get openable() {
        return this.state.rows.filter((row) => row.res_id).length;
    }

    openLabel(row) {
        return _t("Open %s", row.number);
    }

    /** Opens the form; where that shows more than the user may see, the page customers see of the document. */
    async open(row) {
        this.props.onOpen?.();
        try {
            await this.action.doAction({
                type: "ir.actions.act_window",
                res_model: row.model,
                res_id: row.res_id,
                views: [[false, "form"]],
            });
        } catch {
            if (row.url && row.url !== "#") {
                browser.open(row.url, "_blank");
            } else {
                this.notification.add(_t("Its form needs rights which you do not have."), { type: "warning" });
            }
        }
    }
}
