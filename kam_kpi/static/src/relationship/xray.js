import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useBus, useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";
import { RelationshipBoard } from "./board";
import { RelationshipMatrix } from "./matrix";

/** The people of one account: how well they are covered, where they stand, and who of us knows them. */
export class RelationshipXray extends Component {
    static template = "kam_kpi.RelationshipXray";
    static components = { Layout, RelationshipBoard, RelationshipMatrix };
    static props = { ...standardActionServiceProps };
    static path = "kam-xray";
    static displayName = _t("Relationship X-ray");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.ui = useService("ui");
        this.display = { controlPanel: {} };
        this.state = useState({
            data: null,
            tab: this.props.state?.tab || "board",
            explained: false,
            said: "",
        });
        useBus(this.ui.bus, "resize", () => this.render());
        onWillStart(() => this.load(this.props.action.context?.active_id || null));
    }

    get data() {
        return this.state.data;
    }

    get coverage() {
        return Math.round(this.data.coverage);
    }

    get belowWanted() {
        return this.data.coverage !== null && this.data.coverage !== false && this.coverage < this.data.wanted_coverage;
    }

    get summary() {
        return _t("Coverage of %(account)s: %(coverage)s of 100", {
            account: this.data.account.name,
            coverage: this.coverage,
        });
    }

    async load(accountId) {
        const data = await this.orm.call("kam.stakeholder", "get_xray", [accountId]);
        // A slower answer for another account must not take the place of the one chosen last.
        if (this.chosen === undefined || !accountId || this.chosen === accountId) {
            this.state.data = data;
            this.chosen = data.account && data.account.id;
            if (data.account) {
                this.props.updateActionState?.({ active_id: data.account.id });
            }
        }
    }

    reload() {
        return this.load(this.data.account.id);
    }

    choose(ev) {
        this.chosen = Number(ev.target.value);
        return this.load(this.chosen);
    }

    turn(tab) {
        this.state.tab = tab;
    }

    /** Left and right move between the tabs, as everywhere. */
    onTabKeydown(ev) {
        if (["ArrowLeft", "ArrowRight"].includes(ev.key)) {
            this.turn(this.state.tab === "board" ? "matrix" : "board");
            const list = ev.target.closest("[role=tablist]");
            list.querySelector(`[data-tab=${this.state.tab}]`).focus();
        }
    }

    open(id) {
        this.dialog.add(FormViewDialog, {
            resModel: "kam.stakeholder",
            resId: id || false,
            title: id ? _t("Stakeholder") : _t("New stakeholder"),
            context: { default_partner_id: this.data.account.id },
            onRecordSaved: () => this.reload(),
        }, { onClose: () => this.reload() });
    }

    async place(person, influence, attitude) {
        await this.write(() => this.orm.call("kam.stakeholder", "place", [[person.id], influence, attitude]));
        const label = (name, value) => this.data.choices[name].find(([key]) => key === value)[1];
        this.state.said = _t("%(name)s: %(influence)s, %(attitude)s", {
            name: person.name,
            influence: label("influence", influence),
            attitude: label("attitude", attitude),
        });
    }

    setLevel(personId, userId, level) {
        return this.write(() => this.orm.call("kam.stakeholder", "set_level", [[personId], userId, level]));
    }

    /** Whatever becomes of it, the screen shows what is stored afterwards. */
    async write(call) {
        try {
            await call();
        } finally {
            await this.reload();
        }
    }

    async openAccountAction(method) {
        this.action.doAction(await this.orm.call("res.partner", method, [[this.data.account.id]]));
    }

    openAccount() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.data.account.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("kam_xray", RelationshipXray);
