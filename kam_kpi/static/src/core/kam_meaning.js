import { unique } from "@web/core/utils/arrays";

import { formatKamValue } from "./kam_format";

/**
 * @typedef {{ kpis: string[], units: string[], currencies: number[] }} Meaning
 *  names of the KPIs in a set of rows, and what their figures are
 */

/**
 * Reads what the figures of a model are, when its rows say so by their KPI.
 *
 * @param {import("@web/core/orm_service").ORM} orm
 * @param {{ resModel: string, fields: Object, domain: Array }} rows
 * @returns {Promise<Meaning>}
 */
export async function loadMeaning(orm, { resModel, fields, domain }) {
    const aggregates = ["unit", "currency_id"]
        .filter((name) => name in fields)
        .map((name) => `${name}:array_agg_distinct`);
    if (!("kpi_id" in fields) || !aggregates.length) {
        return { kpis: [], units: [], currencies: [] };
    }
    const groups = await orm.formattedReadGroup(resModel, domain, ["kpi_id"], aggregates);
    const distinct = (name) => unique(groups.flatMap((group) => group[`${name}:array_agg_distinct`] || []));
    return {
        kpis: groups.map((group) => group.kpi_id[1]),
        units: distinct("unit"),
        currencies: distinct("currency_id"),
    };
}

/**
 * Writes an aggregated figure in the unit which all rows share.
 *
 * @param {number | false} value
 * @param {Meaning} [meaning]
 * @returns {string | undefined} nothing when they share none
 */
export function formatShared(value, { units = [], currencies = [] } = {}) {
    if (units.length !== 1 || (units[0] === "currency" && currencies.length !== 1)) {
        return undefined;
    }
    return formatKamValue(value, { unit: units[0], currencyId: currencies[0] });
}
