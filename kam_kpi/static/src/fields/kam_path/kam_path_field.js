import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { FieldSelectorField, fieldSelectorField } from "@web/views/fields/field_selector/field_selector_field";

/**
 * Odoo's field selector, which offers only fields that fit: of the given
 * types, or leading to the given model, and many2one fields to follow.
 */
export class KamPathField extends FieldSelectorField {
    static props = {
        ...FieldSelectorField.props,
        types: { type: Array, optional: true },
        comodel: { type: String, optional: true },
    };

    filter(fieldDef) {
        if (!super.filter(fieldDef) || fieldDef.store === false) {
            return false;
        }
        if (fieldDef.type === "many2one") {
            return true;
        }
        return !this.props.comodel && (!this.props.types || this.props.types.includes(fieldDef.type));
    }
}

export const kamPathField = {
    ...fieldSelectorField,
    component: KamPathField,
    displayName: _t("Path to a field"),
    extractProps: (fieldInfo, dynamicInfo) => ({
        ...fieldSelectorField.extractProps(fieldInfo, dynamicInfo),
        allowProperties: false,
        types: fieldInfo.options.types,
        comodel: fieldInfo.options.comodel,
    }),
};

registry.category("fields").add("kam_path", kamPathField);
