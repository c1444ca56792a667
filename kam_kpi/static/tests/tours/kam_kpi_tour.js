import { registry } from "@web/core/registry";

// Of the tests' account: 150 in the quarter against 120 in the one before.
registry.category("web_tour.tours").add("kam_kpi_explain_tour", {
    steps: () => [
        {
            content: "the card says figure, account and unit",
            trigger: ".o_kanban_record:contains(Deal growth):contains(Alpha):contains(25.0)",
        },
        {
            content: "no data is a dash with its reason in words",
            trigger: ".o_kanban_record:contains(Deal share):contains(Nothing to compare with) .o_kam_no_data",
        },
        {
            content: "cards of colleagues' accounts are not there",
            trigger: ".o_kanban_view:not(:contains(Beta))",
        },
        {
            trigger: ".o_kanban_record:contains(Deal growth) a[name=action_explain]",
            run: "click",
        },
        {
            content: "formula in words",
            trigger: ".o_field_widget[name=numerator_words]:contains(Deals − Deals [window before])",
        },
        {
            content: "months of both windows",
            trigger: ".o_kam_months:contains(Jan 2026):contains(Oct 2025)",
        },
        {
            content: "the documents of this window",
            trigger: ".o_data_row:contains(150) button[name=action_documents]",
            run: "click",
        },
        {
            content: "they add up to the measure",
            trigger: ".o_kam_documents:contains(2 documents add up to):contains(150)",
        },
        {
            content: "a colleague's deal is counted and cannot be opened",
            trigger: ".o_kam_documents tr:contains(Deal of Ben):not(:has(button))",
        },
        {
            trigger: ".o_kam_documents tr:contains(Deal of Anna) button",
            run: "click",
        },
        {
            content: "the document itself",
            trigger: ".o_form_view .o_field_widget[name=name]:contains(Deal of Anna), .o_form_view .o_field_widget[name=name] textarea",
        },
    ],
});

registry.category("web_tour.tours").add("kam_kpi_director_tour", {
    steps: () => [
        {
            content: "the analysis opens as a graph of one KPI",
            trigger: ".o_graph_renderer canvas",
        },
        {
            content: "several KPIs cannot be drawn as one",
            trigger: ".o_search_panel_category_value:contains(All) header",
            run: "click",
        },
        { trigger: ".o_kam_graph_mixed" },
        {
            trigger: ".o_search_panel_category_value:contains(Deal growth) header",
            run: "click",
        },
        { trigger: ".o_graph_renderer:not(:has(.o_kam_graph_mixed)) canvas" },
        {
            trigger: ".o_switch_view.o_pivot",
            run: "click",
        },
        {
            content: "the total of the accounts is the ratio of their sums: (30 + 170) / (120 + 80)",
            trigger: ".o_pivot td:contains(100.0)",
        },
        {
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(Beta)" },
    ],
});

registry.category("web_tour.tours").add("kam_kpi_definition_tour", {
    steps: () => [
        {
            content: "an incomplete formula is explained while typing",
            trigger: ".o_field_widget[name=numerator] input",
            run: "edit deals_test - prior(deals_test && press Tab",
        },
        { trigger: ".alert-warning:contains(is not complete)" },
        {
            trigger: ".o_field_widget[name=numerator] input",
            run: "edit deals_test && press Tab",
        },
        { trigger: ".o_field_widget[name=numerator_words]:contains(/^Deals$/)" },
        {
            trigger: ".nav-link:contains(Preview)",
            run: "click",
        },
        { trigger: ".o_field_widget[name=preview]:contains(Alpha)" },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        { trigger: ".o_form_saved" },
    ],
});
