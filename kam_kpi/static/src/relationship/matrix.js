import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";

/** Their people by our people: how close each pair is, when they last dealt with each other, and how often in twelve months. */
export class RelationshipMatrix extends Component {
    static template = "kam_kpi.RelationshipMatrix";
    static props = {
        people: Array,
        colleagues: Array,
        more: Number,
        ties: Array,
        levels: Array,
        readonly: Boolean,
        setLevel: Function,
        open: Function,
    };

    tie(person, colleague) {
        return this.props.ties.find((tie) => tie.person === person.id && tie.user === colleague.id) || { level: "0", count: 0 };
    }

    known(person) {
        return this.props.ties.filter((tie) => tie.person === person.id && Number(tie.level) >= 2).length;
    }

    day(text) {
        return formatDate(deserializeDate(text));
    }

    describe(person, colleague) {
        return _t("How close %(colleague)s is to %(person)s", { colleague: colleague.name, person: person.name });
    }

    describeCount(tie) {
        return _t("%(count)s two-way contacts in twelve months, the last on %(day)s", { count: tie.count, day: this.day(tie.last) });
    }
}
