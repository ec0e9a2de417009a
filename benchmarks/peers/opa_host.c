/* The least that `opa eval` does, around OPA's library: read a policy and an input, judge, print.
   usage: opa-host LIBRARY POLICY INPUT */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

static char *contents(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) exit(3);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (text == NULL || fread(text, 1, size, file) != (size_t)size) exit(3);
    text[size] = 0;
    return text;
}

int main(int count, char **given) {
    void *library = count == 4 ? dlopen(given[1], RTLD_NOW) : NULL;
    if (library == NULL) return 2;
    unsigned long long (*create)(void) = dlsym(library, "OpaNew");
    char *(*add)(unsigned long long, char *, char *) = dlsym(library, "OpaAddPolicy");
    char *(*judge)(unsigned long long, char *, char *, int, int) = dlsym(library, "OpaEvalDocument");
    unsigned long long engine = create();
    add(engine, "bench.rego", contents(given[2]));
    puts(judge(engine, "bench", contents(given[3]), 0, 0));
    return 0;
}
