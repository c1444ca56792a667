# lint [--fix]                   check style, Odoo's conventions, translations and documentation
#
# Needs neither Odoo nor a database. --fix lets ruff mend what it can.

cmd_lint() {
    local fix=()
    case ${1:-} in
        '') ;;
        --fix) fix=(--fix) ;;
        *) die "lint does not know '$1'." "See ./dev lint --help." ;;
    esac
    lock
    ensure_lint_python
    unlock
    cd "$REPO"
    LINT_RC=0
    check "ruff" "$LINT_VENV/bin/python" -m ruff check --no-cache "${fix[@]}" "$MODULE" scripts
    # missing-readme wants .rst; super-method-mismatch mistakes helpers that end in super().write() for write();
    # a long model may be told in several files, and a window without input of its own is no wizard.
    check "pylint-odoo" "$LINT_VENV/bin/python" -m pylint --rcfile=pyproject.toml \
        --disable=missing-readme,super-method-mismatch,consider-merging-classes-inherited,no-wizard-in-models "$MODULE"
    check "oca-checks-odoo-module" "$LINT_VENV/bin/oca-checks-odoo-module" --disable=xml-field-numeric-without-eval,prefer-readme-rst "$MODULE"
    check "repository" "$LINT_VENV/bin/python" scripts/check_repo.py "$MODULE"
    [ $LINT_RC -eq 0 ] || die "The findings above." "Mend them; ./dev lint --fix mends what ruff can."
    say "Nothing to complain about."
}

check() {
    local name=$1
    shift
    say "• $name"
    "$@" || LINT_RC=1
}
