# Completion of smartkpi for fish 3.1 or later.

function __smartkpi_completion
    set -l program (string replace -r '^~/' "$HOME/" (commandline -opc)[1])
    set -l answer (_SMARTKPI_COMPLETE=fish $program (commandline -cp | string collect) 2>/dev/null)
    switch "$answer[1]"
        case files
            __smartkpi_paths
        case folders
            __smartkpi_paths | string match -r -- '.*/$'
        case values
            string join -- \n $answer[2..]
    end
end

# What fish completes for a command that it does not know, behind --option= too.
function __smartkpi_paths
    set -l token (commandline -ct)
    set -l kept (string match -r -- '^--[^=]+=' $token | string collect; or true)
    set -l path (string replace -- "$kept" '' $token)
    complete -C"'' $path" | string replace -r -- '^' "$kept"
end

complete --command smartkpi --keep-order --no-files --arguments '(__smartkpi_completion)'
