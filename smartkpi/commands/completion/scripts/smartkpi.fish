# Completion of smartkpi for fish 3.1 or later.

function __smartkpi_completion
    set -l program (string replace -r '^~/' "$HOME/" (commandline -opc)[1])
    set -l answer (_SMARTKPI_COMPLETE=fish $program (commandline -cp | string collect) 2>/dev/null)
    set -l token (commandline -ct)
    set -l kept (string match -r -- '^--[^=]+=' $token | string collect; or true)
    set -l path (string replace -- "$kept" '' $token)
    switch "$answer[1]"
        case files
            __fish_complete_path $path | string replace -r -- '^' "$kept"
        case folders
            __fish_complete_directories $path | string replace -r -- '^' "$kept"
        case values
            string join -- \n $answer[2..]
    end
end

complete --command smartkpi --keep-order --no-files --arguments '(__smartkpi_completion)'
