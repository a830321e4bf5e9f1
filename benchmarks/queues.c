/* M/M/c with two priority classes, written for nothing else: a heap of departures and a ring for each class.
 *
 * play(seed, servers, rate of each class, customers of the warm-up, customers, waits[2], served[2]): the sum of the
 * waits and the number of those who began after the warm-up, by class. Mean service 1. Draws: xoshiro256+ and an
 * inverted exponential.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#define RING (1 << 20)

static uint64_t state[4];

static inline uint64_t turned(uint64_t x, int by) { return (x << by) | (x >> (64 - by)); }

static inline uint64_t next_bits(void)
{
    const uint64_t result = state[0] + state[3], moved = state[1] << 17;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= moved;
    state[3] = turned(state[3], 45);
    return result;
}

static inline double exponential(void)
{
    return -log(((next_bits() >> 12) + 0.5) * 0x1p-52);
}

static void begin(uint64_t seed)
{
    for (int i = 0; i < 4; i++) { /* SplitMix64, as the authors of xoshiro advise */
        uint64_t z = (seed += 0x9E3779B97F4A7C15u);
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        state[i] = z ^ (z >> 31);
    }
}

static double *heap;
static int size;

static void push(double at)
{
    int place = size++;
    while (place > 0 && heap[(place - 1) / 2] > at) {
        heap[place] = heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap[place] = at;
}

static void replace_first(double at)
{
    int place = 0;
    for (;;) {
        int child = 2 * place + 1;
        if (child >= size)
            break;
        if (child + 1 < size && heap[child + 1] < heap[child])
            child++;
        if (heap[child] >= at)
            break;
        heap[place] = heap[child];
        place = child;
    }
    heap[place] = at;
}

static void pop(void)
{
    double last = heap[--size];
    if (size > 0)
        replace_first(last);
}

int play(uint64_t seed, int servers, double rate_0, double rate_1, int64_t warm_up, int64_t customers,
         double *waits, int64_t *served)
{
    double *ring[2] = {malloc(RING * sizeof(double)), malloc(RING * sizeof(double))};
    uint64_t head[2] = {0, 0}, tail[2] = {0, 0};
    double rate[2] = {rate_0, rate_1}, coming[2];
    int64_t came = 0;
    heap = malloc((servers + 1) * sizeof(double));
    size = 0;
    begin(seed);
    for (int k = 0; k < 2; k++) {
        coming[k] = exponential() / rate[k];
        waits[k] = 0.0;
        served[k] = 0;
    }
    while (came < customers) {
        int k = coming[1] < coming[0];
        if (size == 0 || coming[k] < heap[0]) {
            double now = coming[k];
            coming[k] = now + exponential() / rate[k];
            came++;
            if (size < servers) {
                push(now + exponential());
                served[k] += came > warm_up;
            } else {
                if (tail[k] - head[k] == RING)
                    return 1;
                ring[k][tail[k]++ % RING] = now;
            }
        } else {
            double now = heap[0];
            int next = head[0] < tail[0] ? 0 : head[1] < tail[1] ? 1 : -1;
            if (next < 0) {
                pop();
            } else {
                double since = ring[next][head[next]++ % RING];
                replace_first(now + exponential());
                if (came > warm_up) {
                    waits[next] += now - since;
                    served[next]++;
                }
            }
        }
    }
    free(ring[0]);
    free(ring[1]);
    free(heap);
    return 0;
}
