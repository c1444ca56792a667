import { Component, onWillStart, useState } from "@odoo/owl";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";

/** As of when the figures are, how many changed documents wait, and for directors the way to refresh them now. */
export class KamAsOf extends Component {
    static template = "kam_kpi.KamAsOf";
    static props = {
        /** called after a refresh */
        onRefreshed: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ text: "", may_refresh: false, busy: false });
        onWillStart(() => this.load());
    }

    async load() {
        // Screens of other people who see a figure or two are not about the refresh.
        const [isUser, isReader] = await Promise.all([
            user.hasGroup("kam_kpi.group_kam_user"),
            user.hasGroup("kam_kpi.group_kam_reader"),
        ]);
        if (isUser || isReader) {
            Object.assign(this.state, await this.orm.call("kam.fact", "get_as_of", []));
        }
    }

    async refresh() {
        this.state.busy = true;
        try {
            const { params, ...action } = await this.orm.call("kam.fact", "action_refresh", []);
            // The screen around it is loaded anew, not the page.
            await this.action.doAction({ ...action, params: { ...params, next: undefined } });
            await this.load();
        } finally {
            this.state.busy = false;
        }
        await this.props.onRefreshed?.();
    }
}
