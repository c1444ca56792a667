import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("kam_white_space_tour", {
    steps: () => [
        {
            content: "Look for what the account never bought",
            trigger: ".o_kam_white_space select",
            run: "select never",
        },
        {
            content: "Open the cell",
            trigger: ".o_kam_cell_never:contains('10')",
            run: "click",
        },
        {
            content: "Read what it rests on",
            trigger: ".o_kam_white_space_detail:contains('4 key accounts of the same industry')",
        },
        {
            content: "Make an opportunity of it",
            trigger: ".o_kam_pursue",
            run: "click",
        },
        {
            content: "The opportunity is open",
            trigger: ".o_form_view .o_field_widget[name=name] textarea:value(Cloud for Alpha), .o_form_view .o_field_widget[name=name] input:value(Cloud for Alpha)",
        },
        {
            content: "Back to the white space",
            trigger: ".o_back_button, .breadcrumb-item a",
            run: "click",
        },
        {
            content: "The cell shows the opportunity",
            trigger: ".o_kam_cell_never .fa-flag",
        },
    ],
});
