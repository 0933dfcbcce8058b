# Completion of smartkpi for bash 4.4 or later.

_smartkpi_completion() {
    local kind
    COMPREPLY=()
    {
        read -r kind || return 0
        mapfile -t COMPREPLY
    } < <(_SMARTKPI_COMPLETE=bash "${1/#\~\//"$HOME"/}" "${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
    case $kind in
        files) compopt -o default ;;
        folders) compopt -o dirnames ;;
        *) if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]]; then compopt -o nospace; fi ;;
    esac
}

complete -o nosort -F _smartkpi_completion smartkpi
