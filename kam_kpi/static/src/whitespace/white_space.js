import { Component, onWillStart, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { formatMonetary } from "@web/views/fields/formatters";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

const ICONS = { buys: "fa-check", lapsed: "fa-history", never: "fa-circle-o" };

/** Accounts by offerings: who buys what, what was given up, and where comparable accounts spend more. */
export class WhiteSpace extends Component {
    static template = "kam_kpi.WhiteSpace";
    static components = { Layout };
    static props = { ...standardActionServiceProps };
    static path = "kam-white-space";
    static displayName = _t("White Space");

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.display = { controlPanel: {} };
        this.icons = ICONS;
        this.state = useState({ grid: null, text: "", only: "", chosen: null });
        this.account = this.props.action.context?.active_id || this.props.state?.active_id || null;
        onWillStart(() => this.load());
    }

    async load() {
        this.state.grid = await this.orm.call("kam.white.space", "get_grid", [this.account]);
        this.props.updateActionState?.({ active_id: this.account });
    }

    get labels() {
        return { buys: _t("Buys"), lapsed: _t("Lapsed"), never: _t("Never bought") };
    }

    /** Rows by the text typed, and those with a cell of the kind asked for. */
    get rows() {
        const text = this.state.text.trim().toLowerCase();
        return this.state.grid.accounts.filter(
            (row) =>
                (!text || row.name.toLowerCase().includes(text)) &&
                (!this.state.only || row.cells.some((cell) => this.isAsked(cell)))
        );
    }

    isAsked(cell) {
        return !this.state.only || (this.state.only === "open" ? cell.leads.length > 0 : cell.state === this.state.only);
    }

    money(amount) {
        return formatMonetary(amount, { currencyId: this.state.grid.currency_id, digits: [16, 0] });
    }

    day(text) {
        return formatDate(deserializeDate(text));
    }

    /** All a cell says, for those who do not see its colours. */
    describe(row, offering, cell) {
        return _t("%(account)s, %(offering)s: %(state)s", { account: row.name, offering: offering.name, state: this.words(cell).join("; ") });
    }

    words(cell) {
        const words = [this.labels[cell.state]];
        if (cell.state === "buys") {
            words.push(_t("%s in twelve months", this.money(cell.amount)));
        }
        if (cell.state === "lapsed" && cell.last) {
            words.push(_t("last on %s", this.day(cell.last)));
        }
        if (cell.potential) {
            words.push(_t("could be %s more a year", this.money(cell.potential)));
        }
        if (cell.leads.length) {
            words.push(_t("%s open opportunities", cell.leads.length));
        }
        return words;
    }

    basis(cell) {
        if (cell.potential === null) {
            return _t("Too few comparable accounts buy it for an estimate (%s).", cell.comparables);
        }
        const among = cell.basis === "industry" ? _t("of the same industry") : _t("of the same tier");
        return _t("%(count)s key accounts %(among)s buy it, the one in the middle for %(median)s a year.", {
            count: cell.comparables, among, median: this.money(cell.median),
        });
    }

    choose(row, offering, cell) {
        this.state.chosen = { row, offering, cell };
    }

    async pursue() {
        const { row, offering } = this.state.chosen;
        this.action.doAction(await this.orm.call("kam.white.space", "create_opportunity", [row.id, offering.id]));
    }

    openLead(id) {
        this.action.doAction({ type: "ir.actions.act_window", res_model: "crm.lead", res_id: id, views: [[false, "form"]] });
    }

    openAccount(id) {
        this.action.doAction({ type: "ir.actions.act_window", res_model: "res.partner", res_id: id, views: [[false, "form"]] });
    }
}

registry.category("actions").add("kam_white_space", WhiteSpace);
