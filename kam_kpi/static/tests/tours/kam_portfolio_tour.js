import { registry } from "@web/core/registry";

// Of the test's accounts: Alpha, small and profitable, is Anna's; Beta, large with a thin margin, Ben's. An agreement of Beta is due.
registry.category("web_tour.tours").add("kam_portfolio_tour", {
    steps: () => [
        {
            content: "the director begins with all accounts, the largest first",
            trigger: ".o_kam_portfolio_accounts tbody tr:first:contains(Beta):contains(75.0):contains(Large, thin margin)",
        },
        { trigger: ".o_kam_matrix .o_kam_dot[aria-label*='Alpha']" },
        { trigger: "[data-tile=revenue]:contains(4,000)" },
        { trigger: ".o_kam_portfolio_concentration tr:contains(The largest account):contains(75.0)" },
        {
            content: "what is to be renewed, and what is expected of it",
            trigger: ".o_kam_portfolio_renewals tr:contains(Beta):contains(At risk)",
        },
        {
            content: "a dot leads to its account, by the keyboard too",
            trigger: ".o_kam_matrix .o_kam_dot[aria-label*='Alpha']",
            async run({ anchor, press }) {
                anchor.focus();
                await press("Enter");
            },
        },
        { trigger: ".o_breadcrumb:contains(Portfolio):contains(Alpha)" },
        {
            content: "and back to the same choice",
            trigger: ".o_breadcrumb a:contains(Portfolio)",
            run: "click",
        },
        {
            trigger: "#kam_portfolio_whose",
            run: "select mine",
        },
        { trigger: ".o_kam_portfolio_empty:contains(no key account here yet)" },
    ],
});
