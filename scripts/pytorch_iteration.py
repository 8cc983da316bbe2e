#!/usr/bin/env python3
"""Times iterations of the same training in PyTorch, with its standard layers, in eager mode.

The network, the losses and the optimizer are those of docs/architecture.md. Prints a table of one line in the
form of IterationTimes, the program that times ours; see docs/performance.md. Needs PyTorch 1.13 or later.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

TASKS = {"segmentation": 2, "distance": 1, "boundary": 2}
COEFFICIENTS = {"segmentation": 1.0, "distance": 0.5, "boundary": 1.0}
REGULARISATION = 0.4


class ConvolutionBlock(nn.Module):
    """3×3 convolution, batch norm, ReLU."""

    def __init__(self, channels, filters):
        super().__init__()
        self.conv = nn.Conv2d(channels, filters, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(filters)
        nn.init.kaiming_normal_(self.conv.weight)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)), inplace=True)


class Expert(nn.Module):
    """U-Net that returns its last features and the logits of its task."""

    def __init__(self, width, logits):
        super().__init__()
        widths = [width << level for level in range(5)]
        self.encoder = nn.ModuleList(
            nn.Sequential(ConvolutionBlock(c, w), ConvolutionBlock(w, w))
            for c, w in zip([3] + widths, widths)
        )
        self.decoder = nn.ModuleList(
            nn.ModuleDict(
                {
                    "up": ConvolutionBlock(2 * w, w),
                    "0": ConvolutionBlock(2 * w, w),
                    "1": ConvolutionBlock(w, w),
                }
            )
            for w in widths[:-1]
        )
        self.head = nn.Conv2d(width, logits, 1)
        nn.init.kaiming_normal_(self.head.weight)
        nn.init.zeros_(self.head.bias)

    def forward(self, x):
        skips = []
        for level, block in enumerate(self.encoder):
            x = block(F.max_pool2d(x, 2) if level else x)
            skips.append(x)
        for level in reversed(range(4)):
            block = self.decoder[level]
            up = block["up"](F.interpolate(x, scale_factor=2, mode="nearest"))
            x = block["1"](block["0"](torch.cat([skips[level], up], 1)))
        return x, self.head(x)


class Gate(nn.Module):
    """Weights of the experts for one task, and the logits of their weighted features."""

    def __init__(self, width, logits):
        super().__init__()
        hidden = 3 * width // 2
        self.squeeze = nn.Linear(3 * width, hidden)
        self.attention = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(0.1)
        self.select = nn.Linear(hidden, 3)
        self.head = nn.Conv2d(width, logits, 1)
        for layer in (self.squeeze, self.attention, self.select, self.head):
            nn.init.kaiming_normal_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, features, pooled):
        h = F.relu(self.squeeze(pooled))
        h = h * torch.softmax(self.attention(h), 1)
        p = torch.softmax(self.select(self.dropout(h)), 1)
        return self.head(sum(p[:, k, None, None, None] * f for k, f in enumerate(features)))


class SemiMoe(nn.Module):
    """Logits of the experts and of the gates by task."""

    def __init__(self, width):
        super().__init__()
        for task, logits in TASKS.items():
            self.add_module(task, Expert(width, logits))
        self.gating = nn.ModuleDict({task: Gate(width, logits) for task, logits in TASKS.items()})

    def forward(self, image):
        outputs = {task: getattr(self, task)(image) for task in TASKS}
        features = [f for f, _ in outputs.values()]
        pooled = torch.cat([f.mean((2, 3)) for f in features], 1)
        gates = {task: self.gating[task](features, pooled) for task in TASKS}
        return {task: logits for task, (_, logits) in outputs.items()}, gates


def loss(task, x, y):
    """Loss of one task: logits [N, C, H, W] against a target [N, 1, H, W]."""
    if task == "distance":
        return F.mse_loss(torch.tanh(x), y)
    p = torch.softmax(x, 1)
    y = torch.cat([1 - y, y], 1)
    both = (p * y).sum((2, 3))
    if task == "segmentation":
        return (1 - (2 * both + 1) / ((p * p).sum((2, 3)) + (y * y).sum((2, 3)) + 1)).mean()
    return (1 - (2 * both + 1e-8) / (p.sum((2, 3)) + y.sum((2, 3)) + 1e-8)).mean()


def pseudo_labels(gates):
    """What the gates say, as targets, without gradient."""
    return {
        task: torch.tanh(x.detach()) if task == "distance" else x.detach().argmax(1, keepdim=True).float()
        for task, x in gates.items()
    }


class Training:
    """One iteration at a time: an unlabelled and a labelled pass, the step of SGD, that of the weights s."""

    def __init__(self, model, learning_rate):
        self.model = model
        self.sgd = torch.optim.SGD(model.parameters(), learning_rate, momentum=0.9, weight_decay=5e-5)
        # Three numbers, which stay on the CPU.
        self.s = torch.ones(3, requires_grad=True)
        self.adam = torch.optim.Adam([self.s], 0.05, weight_decay=5e-5)

    def weights(self):
        return [c * w for c, w in zip(COEFFICIENTS.values(), torch.exp(-self.s.detach()).tolist())]

    def passed(self, losses, factor):
        """Adds the gradients of a pass; its losses stay on the device."""
        weighted = sum(factor * w * x for w, x in zip(self.weights(), losses.values()))
        weighted.backward()
        return torch.stack([x.detach() for x in losses.values()])

    def iterate(self, labelled, unlabelled, unsupervised):
        """Inputs by name on the CPU; returns the total loss."""
        device = next(self.model.parameters()).device
        self.sgd.zero_grad(set_to_none=True)
        experts, gates = self.model(unlabelled["image"].to(device))
        targets = pseudo_labels(gates)
        first = self.passed({t: loss(t, experts[t], targets[t]) for t in TASKS}, unsupervised)
        del experts, gates, targets
        targets = {name: value.to(device) for name, value in labelled.items()}
        experts, gates = self.model(targets["image"])
        second = self.passed(
            {t: loss(t, experts[t], targets[t]) + loss(t, gates[t], targets[t]) for t in TASKS}, 1.0
        )
        self.sgd.step()
        sums = (unsupervised * first + second).cpu()
        self.adam.zero_grad()
        coefficients = torch.tensor(list(COEFFICIENTS.values()))
        total = (coefficients * torch.exp(-self.s) * sums).sum()
        total = total + (1 + unsupervised) * REGULARISATION * torch.exp(self.s).sum()
        total.backward()
        self.adam.step()
        return total.item()


def inputs(batch, size):
    """Random images and targets on the CPU."""
    image = torch.rand(batch, 3, size, size) * 2 - 1
    bits = [(torch.rand(batch, 1, size, size) > 0.5).float() for _ in range(2)]
    distance = torch.rand(batch, 1, size, size) * 2 - 1
    return {"image": image, "segmentation": bits[0], "distance": distance, "boundary": bits[1]}


def used_memory(device):
    """MiB in use on the GPU, by any process, as IterationTimes counts it; None if it cannot be told."""
    command = ["nvidia-smi", f"--id={device.index or 0}", "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
    try:
        return int(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        return None


def resident_memory():
    """Most MiB of this process that were ever in memory; empty where the system does not tell."""
    try:
        with open("/proc/self/status", encoding="utf-8") as status:
            return int(re.search(r"VmHWM:\s+(\d+)", status.read()).group(1)) // 1024
    except (OSError, AttributeError):
        return ""


def arguments():
    parser = argparse.ArgumentParser(description="Times iterations of the training in PyTorch on random numbers.")
    parser.add_argument("--width", type=int, default=16, help="channels of the first level (%(default)s)")
    parser.add_argument("--size", type=int, default=128, help="height and width of the images (%(default)s)")
    parser.add_argument("--batch", type=int, default=2, help="images of each of the two passes (%(default)s)")
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N (%(default)s)")
    parser.add_argument("--tf32", choices=["true", "false"], default="true", help="TensorFloat-32 (%(default)s)")
    parser.add_argument("--threads", type=int, default=0, help="threads on the CPU, 0 for one per processor")
    parser.add_argument("--iterations", type=int, default=10, help="iterations to time (%(default)s)")
    parser.add_argument("--warm-up", type=int, default=3, help="iterations before them (%(default)s)")
    parser.add_argument("--channels-last", action="store_true", help="keep the channels innermost")
    a = parser.parse_args()
    if not re.fullmatch(r"cpu|cuda(:\d+)?", a.device):
        parser.error(f"--device: expected cpu, cuda or cuda:N, found {a.device}")
    if min(a.width, a.batch, a.iterations) < 1 or a.size < 16 or a.size % 16:
        parser.error("expected positive numbers, and a size that is a multiple of 16")
    return a


def main():
    a = arguments()
    device = torch.device("cuda:0" if a.device == "cuda" else a.device)
    if device.type == "cuda" and not torch.cuda.is_available():
        print(f"{a.device}: expected a GPU that PyTorch can use, found none", file=sys.stderr)
        sys.exit(5)
    torch.manual_seed(1)
    torch.set_num_threads(a.threads or os.cpu_count())
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = a.tf32 == "true"
    torch.backends.cudnn.benchmark = True
    before = used_memory(device) if device.type == "cuda" else None
    model = SemiMoe(a.width).to(device)
    if a.channels_last:
        model = model.to(memory_format=torch.channels_last)
    print(f"{sum(p.numel() for p in model.parameters())} parameters", file=sys.stderr)
    training = Training(model, 1e-3)
    labelled, unlabelled = inputs(a.batch, a.size), inputs(a.batch, a.size)
    milliseconds = []
    for i in range(-a.warm_up, a.iterations):
        start = time.perf_counter()
        training.iterate(labelled, unlabelled, 0.25)
        if device.type == "cuda":
            torch.cuda.synchronize(device)
        if i >= 0:
            milliseconds.append((time.perf_counter() - start) * 1e3)
    after = used_memory(device) if before is not None else None
    median = statistics.median(milliseconds)
    print(
        "program,width,size,batch,device,tf32,threads,iterations,median_ms,min_ms,max_ms,"
        "images_per_s,peak_device_mb,peak_host_mb"
    )
    print(
        f"pytorch {torch.__version__}{' channels-last' if a.channels_last else ''},{a.width},{a.size},{a.batch},"
        f"{device},{a.tf32},{torch.get_num_threads()},{a.iterations},{median:.2f},{min(milliseconds):.2f},"
        f"{max(milliseconds):.2f},{2000 * a.batch / median:.2f},{'' if after is None else after - before},"
        f"{resident_memory()}"
    )


if __name__ == "__main__":
    main()
