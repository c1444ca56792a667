import { registry } from "@web/core/registry";

// Of the tests' accounts: Alpha 1000 of sensors and 400 of support, then 1500 of sensors and gateways.
registry.category("web_tour.tours").add("kam_bridge_tour", {
    steps: () => [
        {
            content: "the leader begins with the team, by category",
            trigger: ".o_kam_bridge_chart g[data-bucket=upsell]:contains(+):contains(500)",
        },
        {
            content: "by product it is another story",
            trigger: "#kam_bridge_level",
            run: "select product",
        },
        { trigger: ".o_kam_bridge_chart g[data-bucket=upsell]:contains(0):not(:contains(500))" },
        {
            content: "only what was lost",
            trigger: ".o_kam_bridge_chart g[data-bucket=churn]",
            run: "click",
        },
        { trigger: ".o_kam_bridge_table tbody:contains(Beta):not(:contains(Alpha))" },
        {
            content: "another subject",
            trigger: "#kam_bridge_subject",
            run: "select account",
        },
        { trigger: ".o_kam_bridge_empty:contains(Choose)" },
        {
            trigger: ".o_kam_bridge_record input",
            run: "edit Alpha",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Alpha)",
            run: "click",
        },
        {
            trigger: ".o_kam_bridge_table tbody tr:contains(Alpha) button:contains(Invoice lines)",
            run: "click",
        },
        {
            content: "the lines of the later period add up to the closing",
            trigger: ".o_dialog .o_kam_bridge_closing:contains(2 documents add up to):contains(1,500)",
        },
        {
            content: "and those of the earlier one to the opening",
            trigger: ".o_dialog .o_kam_bridge_opening:contains(2 documents add up to):contains(1,400)",
        },
        {
            trigger: ".o_dialog .btn-close",
            run: "click",
        },
        {
            content: "an earlier year without any revenue",
            trigger: "button[aria-label='Earlier period']",
            run: "click",
        },
        {
            trigger: ".o_kam_bridge_chart, .o_kam_bridge_empty",
        },
    ],
});
