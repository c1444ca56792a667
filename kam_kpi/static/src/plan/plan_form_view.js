import { registry } from "@web/core/registry";
import { RelationalModel } from "@web/model/relational_model/relational_model";
import { FormCompiler } from "@web/views/form/form_compiler";
import { FormController } from "@web/views/form/form_controller";
import { FormRenderer } from "@web/views/form/form_renderer";
import { formView } from "@web/views/form/form_view";

function withRevision(record, changes) {
    if (record.resId && record.resModel === "kam.plan" && Object.keys(changes).length) {
        changes.revision = record.data.revision;
    }
    return changes;
}

/** While the page is being closed the model saves without its hooks; the revision goes along all the same. */
export class PlanRecord extends RelationalModel.Record {
    _getChanges() {
        const changes = super._getChanges(...arguments);
        return this.model._urgentSave ? withRevision(this, changes) : changes;
    }
}

export class PlanModel extends RelationalModel {
    static Record = PlanRecord;
}

/** Each save says which revision it was prepared on: the server refuses it if somebody saved another one meanwhile. */
export class PlanFormController extends FormController {
    async onWillSaveRecord(record, changes) {
        withRevision(record, changes);
        return super.onWillSaveRecord(...arguments);
    }
}

/** Opens the page of the step the plan is in, and turns to the next page when the plan moves on. */
export class PlanFormCompiler extends FormCompiler {
    compileNotebook() {
        const notebook = super.compileNotebook(...arguments);
        const pages = {};
        for (const slot of notebook.children) {
            pages[slot.getAttribute("name").replace(/["'`]/g, "")] = slot.getAttribute("t-set-slot");
        }
        notebook.setAttribute("defaultPage", `__comp__.currentPage(${JSON.stringify(pages)})`);
        return notebook;
    }
}

export class PlanFormRenderer extends FormRenderer {
    setup() {
        super.setup();
        const { record } = this.props;
        this.openedAt = { resId: record.resId, code: record.data.step_code };
    }

    /** The pages need the width of the screen: the messages come below. */
    mailLayout() {
        const layout = super.mailLayout(...arguments);
        return layout === "SIDE_CHATTER" ? "BOTTOM_CHATTER" : layout;
    }

    currentPage(pages) {
        const { record, activeNotebookPages } = this.props;
        const code = record.data.step_code;
        const moved = record.resId !== this.openedAt.resId || code !== this.openedAt.code;
        const restored = !moved && !record.isNew && Object.values(activeNotebookPages || {})[0];
        return restored || pages[`step_${code}`];
    }
}

registry.category("views").add("kam_plan_form", {
    ...formView,
    Model: PlanModel,
    Controller: PlanFormController,
    Compiler: PlanFormCompiler,
    Renderer: PlanFormRenderer,
});
