#compdef smartkpi
# Completion of smartkpi for zsh.

_smartkpi() {
    local line="${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" tab=$'\t' each value meaning kept
    local -a answer closed open
    answer=("${(@f)$(_SMARTKPI_COMPLETE=zsh "${${(Q)words[1]}/#\~\//$HOME/}" "$line" 2>/dev/null)}")
    case $answer[1] in
        files | folders)
            compset -P '--[^=]##='
            if [[ $answer[1] == files ]]; then _files; else _files -/; fi
            return
            ;;
    esac

    # The list shows the last part of a,b and name=value alone.
    compset -P '*[,=]'
    kept=${(Q)IPREFIX}
    for each in ${answer[2,-1]}; do
        value=${${each%%$tab*}#$kept}
        meaning=${each#*$tab}
        each=${${value//\\/\\\\}//:/\\:}${meaning:+:${meaning//\\/\\\\}}
        if [[ $value == *= ]]; then open+=("$each"); else closed+=("$each"); fi
    done
    _describe -V smartkpi closed -- open -S ''
}

if [[ ${zsh_eval_context[-1]} == loadautofunc ]]; then
    _smartkpi "$@"
else
    compdef _smartkpi smartkpi
fi
