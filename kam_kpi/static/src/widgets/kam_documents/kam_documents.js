import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * The documents which add up to a measure, a page at a time. A document can be
 * opened only where the server says that the user may read it.
 */
export class KamDocuments extends Component {
    static template = "kam_kpi.KamDocuments";
    static components = { Pager };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ rows: [], count: 0, total: "", page: 1, offset: 0 });
        onWillStart(() => this.load(0));
    }

    async load(offset) {
        const { resId, resModel } = this.props.record;
        const page = await this.orm.call(resModel, "get_documents", [[resId]], { offset });
        Object.assign(this.state, page, { offset });
    }

    onPageChange({ offset }) {
        return this.load(offset);
    }

    get openable() {
        return this.state.rows.filter((row) => row.res_id).length;
    }

    /** Opens the form; where that shows more than the user may see, the page customers see of the document. */
    async open(row) {
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

registry.category("view_widgets").add("kam_documents", { component: KamDocuments });
