/**
 * The script of `@bomb.sh/tab` for bash completes no file names, needs the package bash-completion and evaluates what is
 * typed. This one works with bash 4 and newer on its own.
 */
export const BASH_SCRIPT = `# bash completion for ftm-check
_ftm_check() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
            :0) compopt -o default ;;
            :16) compopt -o dirnames ;;
            :*) ;;
            *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
        esac
    done < <(ftm-check complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _ftm_check ftm-check
`;
