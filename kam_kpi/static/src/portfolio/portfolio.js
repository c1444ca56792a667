import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

import { KamAsOf } from "@kam_kpi/core/kam_as_of";
import { formatKamValue } from "@kam_kpi/core/kam_format";
import { PortfolioMatrix } from "./portfolio_matrix";

const PAGE = 80;

/** The key accounts side by side: revenue against margin, how much hangs on few, what it costs to serve them, and what is to be renewed. */
export class KamPortfolio extends Component {
    static template = "kam_kpi.KamPortfolio";
    static components = { KamAsOf, Layout, PortfolioMatrix };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.keepLast = new KeepLast();
        this.state = useState({ content: null, all: false });
        onWillStart(() => this.load(this.props.state?.choice || this.props.action.context.choice || {}));
        useSetupAction({ getLocalState: () => ({ choice: this.state.content.choice }) });
    }

    health = {
        green: { label: _t("Good"), letter: "", badge: "text-bg-success" },
        amber: { label: _t("Watch"), letter: "!", badge: "text-bg-warning" },
        red: { label: _t("At risk"), letter: "!!", badge: "text-bg-danger" },
        no_data: { label: _t("No data"), letter: "?", badge: "text-bg-secondary" },
    };

    places = {
        star: _t("Large and profitable"),
        volume: _t("Large, thin margin"),
        gem: _t("Small, profitable"),
        question: _t("Small, thin margin"),
    };

    service = {
        over: { label: _t("Gets much more than it gives"), badge: "text-bg-warning" },
        fair: { label: _t("In proportion"), badge: "text-bg-light" },
        under: { label: _t("Gets much less than it gives"), badge: "text-bg-info" },
    };

    calls = {
        renew: { label: _t("Will be renewed"), badge: "text-bg-success" },
        risk: { label: _t("At risk"), badge: "text-bg-warning" },
        lost: { label: _t("Will be lost"), badge: "text-bg-danger" },
    };

    get content() {
        return this.state.content;
    }

    get rows() {
        return this.state.all ? this.content.accounts : this.content.accounts.slice(0, PAGE);
    }

    get tiles() {
        const { totals } = this.content;
        return [
            { code: "count", label: _t("Key accounts"), text: this.write(totals.count, "count") },
            { code: "revenue", label: _t("Revenue, 12 months"), text: this.money(totals.revenue) },
            { code: "margin", label: _t("Gross margin"), text: this.write(totals.margin, "percent") },
            { code: "cost", label: _t("Direct cost of serving them"), text: this.money(totals.cost) },
            { code: "contribution", label: _t("Contribution after it"), text: this.money(totals.contribution) },
            { code: "hours", label: _t("Hours in timesheets"), text: this.write(totals.hours, "hours") },
        ];
    }

    get effortWords() {
        return this.content.effort === "hours"
            ? _t("Share of the hours against share of the contribution")
            : _t("Share of the direct cost against share of the contribution, since no hours are known");
    }

    get renewalTiles() {
        const { totals } = this.content.renewals;
        return [
            { code: "due", label: _t("Due within a year"), text: this.money(totals.due) },
            { code: "renew", label: _t("Expected to be renewed"), text: this.money(totals.renew) },
            { code: "risk", label: _t("At risk"), text: this.money(totals.risk) },
            { code: "lost", label: _t("Expected to be lost"), text: this.money(totals.lost) },
            { code: "open", label: _t("Not judged yet"), text: this.money(totals.open) },
        ];
    }

    async load(choice) {
        this.state.content = await this.keepLast.add(this.orm.call("kam.portfolio", "get_portfolio", [choice]));
    }

    write(value, unit) {
        return formatKamValue(value, { unit, currencyId: this.content.currency_id });
    }

    money(value) {
        return this.write(value, "currency");
    }

    topWords({ top }) {
        return top === 1 ? _t("The largest account") : _t("The %s largest", top);
    }

    daysWords({ days }) {
        return days < 0 ? _t("%s days ago", -days) : _t("in %s days", days);
    }

    openAccount(id) {
        return this.action.doAction({ type: "ir.actions.act_window", res_model: "res.partner", res_id: id, views: [[false, "form"]] });
    }

    openAgreement(id) {
        return this.action.doAction({ type: "ir.actions.act_window", res_model: "kam.agreement", res_id: id, views: [[false, "form"]] });
    }

    print() {
        browser.print();
    }
}

registry.category("actions").add("kam_portfolio", KamPortfolio);
