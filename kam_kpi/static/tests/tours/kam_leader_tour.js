import { registry } from "@web/core/registry";
import { browser } from "@web/core/browser/browser";

registry.category("web_tour.tours").add("kam_leader_tour", {
    steps: () => [
        {
            content: "Who is off target",
            trigger: ".o_kanban_record:contains('Anna'):contains('Off target')",
        },
        {
            content: "Which targets are behind it",
            trigger: ".o_kanban_record:contains('Anna') a:contains('Targets')",
            run: "click",
        },
        {
            content: "Open the one that is off",
            trigger: ".o_kanban_record:contains('Sales') .badge:contains('Off track')",
            run: "click",
        },
        {
            content: "What is reached of what is due",
            trigger: ".o_form_view .o_field_widget[name=actual_value]",
        },
        {
            content: "Go to the talks that are proposed",
            trigger: ".o_form_view",
            run: () => {
                browser.location.href = "/odoo/kam-coaching";
            },
            expectUnloadPage: true,
        },
        {
            content: "Read why",
            trigger: ".o_kanban_record:contains('Sales was far from the target 3 periods in a row')",
            run: "click",
        },
        {
            content: "The agenda is prepared",
            trigger: ".o_form_view .o_field_widget[name=agenda] textarea",
        },
        {
            content: "Plan the one-to-one",
            trigger: "button[name=action_plan_meeting]:contains('Plan a one-to-one')",
            run: "click",
        },
        {
            content: "It is in the calendar",
            trigger: ".o_form_view .o_field_widget[name=partner_ids]:contains('Anna')",
        },
    ],
});
