#!/bin/sh
# Puts all figures of both languages and editions on one page, for review.
out=target/contact-sheet.html
mkdir -p target
{
  echo '<!DOCTYPE html><meta charset="utf-8"><title>Contact sheet</title>'
  echo '<style>body{display:grid;grid-template-columns:repeat(4,1fr);gap:1rem;font:12px sans-serif}img{width:100%;border:1px solid #ccc}</style>'
  for id in $(ls report/*/figures/*.ru.svg | sed 's|.*/||;s|\.ru\.svg||' | sort -u); do
    for edition in $(ls -d report/*/ | sed 's|report/||;s|/||'); do
      for lang in ru kk; do
        file="report/$edition/figures/$id.$lang.svg"
        [ -f "$file" ] && echo "<div>$edition $lang $id<img src=\"../$file\" alt=\"\"></div>"
      done
    done
  done
} > "$out"
echo "$out"
