import { Component, useEffect, useRef } from "@odoo/owl";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { useSortable } from "@web/core/utils/sortable_owl";

const ATTITUDE_ICONS = { "-2": "fa-times-circle", "-1": "fa-minus-circle", 0: "fa-circle-o", 1: "fa-plus-circle", 2: "fa-star" };
const FRESHNESS_ICONS = { fresh: "fa-check", due: "fa-clock-o", overdue: "fa-exclamation-circle", never: "fa-question-circle" };
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/**
 * Influence (from above: decisive) by attitude (from the start of the line: against us).
 * People move by dragging, by Shift and an arrow key, or, in a small window, by two lists of choices.
 */
export class RelationshipBoard extends Component {
    static template = "kam_kpi.RelationshipBoard";
    static props = {
        people: Array,
        choices: Object,
        small: Boolean,
        readonly: Boolean,
        place: Function,
        open: Function,
    };

    setup() {
        this.root = useRef("root");
        this.focusId = null;
        useSortable({
            ref: this.root,
            enable: () => !this.props.small && !this.props.readonly,
            elements: ".o_kam_board_person",
            groups: ".o_kam_board_cell",
            connectGroups: true,
            cursor: "grabbing",
            onGroupEnter: ({ group }) => group.classList.add("o_kam_board_target"),
            onGroupLeave: ({ group }) => group.classList.remove("o_kam_board_target"),
            onDragEnd: () => {
                for (const cell of this.root.el.querySelectorAll(".o_kam_board_target")) {
                    cell.classList.remove("o_kam_board_target");
                }
            },
            onDrop: ({ element, parent }) => {
                const person = this.person(Number(element.dataset.id));
                this.move(person, parent.dataset.influence, parent.dataset.attitude);
            },
        });
        useEffect(
            () => {
                const card = this.focusId && this.root.el?.querySelector(`[data-id="${this.focusId}"] button`);
                if (card) {
                    card.focus();
                    this.focusId = null;
                }
            },
            () => [this.props.people]
        );
    }

    get influences() {
        return [...this.props.choices.influence].reverse();
    }

    get attitudes() {
        return this.props.choices.attitude;
    }

    icon(attitude) {
        return ATTITUDE_ICONS[attitude];
    }

    freshnessIcon(freshness) {
        return FRESHNESS_ICONS[freshness];
    }

    dotIcon(dot, influence) {
        return dot <= Number(influence) ? "fa-circle" : "fa-circle-o";
    }

    person(id) {
        return this.props.people.find((person) => person.id === id);
    }

    in(influence, attitude) {
        return this.props.people.filter((person) => person.influence === influence && person.attitude === attitude);
    }

    label(name, value) {
        return this.props.choices[name].find(([key]) => key === value)[1];
    }

    describe(person) {
        return _t("%(name)s, %(role)s, influence: %(influence)s, attitude: %(attitude)s, contact: %(contact)s", {
            name: person.name,
            role: person.role,
            influence: this.label("influence", person.influence),
            attitude: this.label("attitude", person.attitude),
            contact: person.freshness_label,
        });
    }

    move(person, influence, attitude) {
        if (person.influence !== influence || person.attitude !== attitude) {
            return this.props.place(person, influence, attitude);
        }
    }

    onKeydown(ev, person) {
        const step = STEPS[ev.key];
        if (!step || !ev.shiftKey || this.props.readonly) {
            return;
        }
        ev.preventDefault();
        const mirrored = localization.direction === "rtl" ? -1 : 1;
        const next = (choices, value, by) => {
            const index = choices.findIndex(([key]) => key === value) + by;
            return choices[Math.min(Math.max(index, 0), choices.length - 1)][0];
        };
        this.focusId = person.id;
        this.move(
            person,
            next(this.influences, person.influence, step[0]),
            next(this.attitudes, person.attitude, step[1] * mirrored)
        );
    }
}
