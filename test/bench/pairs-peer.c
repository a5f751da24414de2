/*
 * The peer in C: one thread, a sparse accumulator, the practical limit of this way of counting.
 * cc -O3 pairs-peer.c -o pairs-peer && ./pairs-peer FILE MIN
 * FILE is a plain CSV of two columns, order and item, with a header and without quotes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
  uint32_t *slots, *end, *hash, mask, size, room;
  char *arena;
  size_t arena_room;
} Ids;

static void ids_init(Ids *ids) {
  ids->mask = 4095;
  ids->size = 0;
  ids->room = 2048;
  ids->slots = calloc(ids->mask + 1, 4);
  ids->end = calloc(ids->room + 1, 4);
  ids->hash = malloc(4 * ids->room);
  ids->arena_room = 1 << 14;
  ids->arena = malloc(ids->arena_room);
}

static void ids_grow(Ids *ids) {
  uint32_t mask = ids->mask * 2 + 1;
  uint32_t *slots = calloc((size_t)mask + 1, 4);
  for (uint32_t id = 0; id < ids->size; id++) {
    uint32_t slot = ids->hash[id] & mask;
    while (slots[slot]) slot = (slot + 1) & mask;
    slots[slot] = id + 1;
  }
  free(ids->slots);
  ids->slots = slots;
  ids->mask = mask;
}

static uint32_t ids_number(Ids *ids, const char *text, uint32_t length) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)text[i]) * 16777619u;
  hash ^= hash >> 15;
  uint32_t slot = hash & ids->mask;
  for (; ids->slots[slot]; slot = (slot + 1) & ids->mask) {
    uint32_t id = ids->slots[slot] - 1;
    if (ids->hash[id] == hash && ids->end[id + 1] - ids->end[id] == length &&
        !memcmp(ids->arena + ids->end[id], text, length))
      return id;
  }
  uint32_t id = ids->size++;
  if (id == ids->room) {
    ids->room *= 2;
    ids->end = realloc(ids->end, 4 * ((size_t)ids->room + 1));
    ids->hash = realloc(ids->hash, 4 * (size_t)ids->room);
  }
  while (ids->end[id] + length > ids->arena_room) ids->arena = realloc(ids->arena, ids->arena_room *= 2);
  memcpy(ids->arena + ids->end[id], text, length);
  ids->end[id + 1] = ids->end[id] + length;
  ids->hash[id] = hash;
  ids->slots[slot] = id + 1;
  if (ids->size * 2 > ids->mask) ids_grow(ids);
  return id;
}

static int ascending(const void *a, const void *b) {
  uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

int main(int count, char **arguments) {
  if (count < 3) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return 1;
  uint32_t least = (uint32_t)atoi(arguments[2]);
  Ids order_ids, item_ids;
  ids_init(&order_ids);
  ids_init(&item_ids);
  size_t lines = 0, room = 1 << 16;
  uint32_t *line_order = malloc(4 * room), *line_item = malloc(4 * room);
  char line[4096];
  if (!fgets(line, sizeof line, file)) return 1;
  while (fgets(line, sizeof line, file)) {
    char *comma = strchr(line, ','), *end = comma ? comma + 1 + strcspn(comma + 1, ",\r\n") : 0;
    if (!comma || end == comma + 1) continue;
    if (lines == room) {
      room *= 2;
      line_order = realloc(line_order, 4 * room);
      line_item = realloc(line_item, 4 * room);
    }
    line_order[lines] = ids_number(&order_ids, line, (uint32_t)(comma - line));
    line_item[lines++] = ids_number(&item_ids, comma + 1, (uint32_t)(end - comma - 1));
  }
  uint32_t orders = order_ids.size, items = item_ids.size;
  uint32_t *start = calloc((size_t)orders + 2, 4), *basket = malloc(4 * (lines + 1)), *sold = calloc(items + 1, 4);
  for (size_t i = 0; i < lines; i++) start[line_order[i] + 2]++;
  for (uint32_t order = 1; order <= orders; order++) start[order + 1] += start[order];
  for (size_t i = 0; i < lines; i++) basket[start[line_order[i] + 1]++] = line_item[i];
  uint32_t kept = 0, from = 0;
  for (uint32_t order = 0; order < orders; order++) {
    uint32_t to = start[order + 1];
    qsort(basket + from, to - from, 4, ascending);
    start[order] = kept;
    for (uint32_t at = from; at < to; at++)
      if (at == from || basket[at] != basket[at - 1]) sold[basket[kept++] = basket[at]]++;
    from = to;
  }
  start[orders] = kept;
  uint32_t *first = calloc((size_t)items + 1, 4), *rest = malloc(4 * ((size_t)kept + 1)), *end = malloc(4 * ((size_t)kept + 1));
  for (uint32_t item = 0; item < items; item++) first[item + 1] = first[item] + sold[item];
  uint32_t *cursor = malloc(4 * ((size_t)items + 1));
  memcpy(cursor, first, 4 * ((size_t)items + 1));
  for (uint32_t order = 0; order < orders; order++)
    for (uint32_t at = start[order]; at < start[order + 1]; at++) {
      uint32_t row = cursor[basket[at]]++;
      rest[row] = at + 1;
      end[row] = start[order + 1];
    }
  uint32_t *together = calloc(items, 4), *touched = malloc(4 * (size_t)items);
  unsigned long pairs = 0, sum = 0;
  double measures = 0;
  for (uint32_t a = 0; a < items; a++) {
    uint32_t partners = 0;
    for (uint32_t row = first[a]; row < first[a + 1]; row++)
      for (uint32_t at = rest[row]; at < end[row]; at++)
        if (together[basket[at]]++ == 0) touched[partners++] = basket[at];
    for (uint32_t i = 0; i < partners; i++) {
      uint32_t b = touched[i], n = together[b];
      together[b] = 0;
      if (n < least) continue;
      pairs++;
      sum += n;
      measures += (double)n / orders + (double)n / sold[a] + (double)n / sold[b] +
                  (double)n * orders / ((double)sold[a] * sold[b]);
    }
  }
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("{\"pairs\":%lu,\"sum\":%lu,\"peakMb\":%ld,\"measures\":%.0f}\n", pairs, sum, usage.ru_maxrss / 1024, measures);
  return 0;
}
