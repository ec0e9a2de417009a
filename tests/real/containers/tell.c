/* Prints what a process was given, each item behind a letter and in front of a zero byte:
   its arguments (A), its environment in order (E), its directory (D), its user (U).
   Called as `wait` it only stays, so that other processes can be started beside it. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **arguments, char **environment)
{
    char folder[4096];
    if (count > 1 && strcmp(arguments[1], "wait") == 0) {
        sleep(60);
        return 0;
    }
    for (int at = 0; at < count; at++)
        printf("A%s%c", arguments[at], 0);
    for (; *environment; environment++)
        printf("E%s%c", *environment, 0);
    printf("D%s%c", getcwd(folder, sizeof folder) ? folder : "", 0);
    printf("U%d%c", (int)getuid(), 0);
    return 0;
}
