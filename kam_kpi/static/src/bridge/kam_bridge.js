import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { Pager } from "@web/core/pager/pager";
import { RecordSelector } from "@web/core/record_selectors/record_selector";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { KamAsOf } from "@kam_kpi/core/kam_as_of";
import { KamBridgeChart } from "./kam_bridge_chart";
import { KamBridgeDialog } from "./kam_bridge_dialog";

/**
 * The revenue bridge: where the change of revenue between two periods came
 * from, as a waterfall and as a table whose rows lead to their invoices.
 * What is shown comes as text from the server; here are only the choices.
 */
export class KamBridge extends Component {
    static template = "kam_kpi.KamBridge";
    static components = { KamAsOf, KamBridgeChart, Layout, Pager, RecordSelector };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.keepLast = new KeepLast();
        this.state = useState({ content: null });
        const { choice } = this.props.action.context;
        onWillStart(() => this.load(this.props.state?.choice || choice || {}));
        useSetupAction({ getLocalState: () => ({ choice: this.choice }) });
    }

    get content() {
        return this.state.content;
    }

    get choice() {
        return this.content?.choice || {};
    }

    get subject() {
        return this.content.choices.find(({ subject }) => subject === this.choice.subject) || {};
    }

    get levels() {
        return ["category", "template", "product"].map((level) => ({ level, label: this.content.labels[level] }));
    }

    async load(choice) {
        this.state.content = await this.keepLast.add(this.orm.call("kam.kpi", "get_bridge", [choice]));
    }

    /** Other choices begin at the first row. */
    choose(changes) {
        return this.load({ ...this.choice, offset: 0, ...changes });
    }

    chooseSubject(subject) {
        return this.choose({ subject, record_id: 0, bucket: false });
    }

    chooseBucket(code) {
        return this.choose({ bucket: code === this.choice.bucket ? false : code });
    }

    /** The bridge of one account of the table. */
    chooseAccount(row) {
        return this.choose({ subject: "account", record_id: row.id, by: "key", bucket: false });
    }

    label(code) {
        return this.content.labels[code];
    }

    /** Buttons of a row say whose they are to those who do not see the row. */
    ariaLabel(what, row) {
        return what === "lines_of" ? _t("Invoice lines of %s", row.name) : _t("Revenue bridge of %s", row.name);
    }

    openDocuments(row) {
        this.dialog.add(KamBridgeDialog, {
            title: row.name,
            labels: { opening: this.label("opening"), closing: this.label("closing") },
            load: (window, offset) =>
                this.orm.call("kam.kpi", "get_bridge_documents", [this.choice, row.id, window], { offset }),
        });
    }

    print() {
        browser.print();
    }
}

registry.category("actions").add("kam_bridge", KamBridge);
